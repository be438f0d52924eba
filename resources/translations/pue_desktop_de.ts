<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_GB">
<context>
    <name>Attendant</name>
    <message>
        <source>{}: done</source>
        <translation>{}: fertig</translation>
    </message>
    <message>
        <source>{}: stopped by an error</source>
        <translation>{}: durch einen Fehler abgebrochen</translation>
    </message>
</context>
<context>
    <name>CertificatePreview</name>
    <message>
        <source>Preview of the certificate</source>
        <translation>Vorschau des Zertifikats</translation>
    </message>
    <message>
        <source>Drawing the certificate…</source>
        <translation>Zertifikat wird gezeichnet …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln Seite</numerusform>
            <numerusform>%Ln Seiten</numerusform>
        </translation>
    </message>
    <message>
        <source>The certificate can&apos;t be shown here: {}</source>
        <translation>Das Zertifikat lässt sich hier nicht zeigen: {}</translation>
    </message>
</context>
<context>
    <name>CertifyPage</name>
    <message>
        <source>The curve appears here once the images are protected and the first weights are drawn.</source>
        <translation>Die Kurve erscheint hier, sobald die Bilder geschützt und die ersten Gewichte gezogen sind.</translation>
    </message>
    <message>
        <source>Made with earlier settings or images. Continue brings it up to date.</source>
        <translation>Mit früheren Einstellungen oder Bildern erstellt. „Fortsetzen“ bringt es auf den neuesten Stand.</translation>
    </message>
    <message>
        <source>What attackers &amp;reach…</source>
        <translation>Was Angreifer e&amp;rreichen …</translation>
    </message>
    <message>
        <source>Certify</source>
        <translation>Zertifizieren</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>&amp;Plan the draws</source>
        <translation>Ziehungen &amp;planen</translation>
    </message>
    <message>
        <source>&amp;More certificate settings</source>
        <translation>&amp;Weitere Einstellungen des Zertifikats</translation>
    </message>
    <message>
        <source>What does this mean?</source>
        <translation>Was bedeutet das?</translation>
    </message>
</context>
<context>
    <name>CertifyPlots</name>
    <message>
        <source>Plots of the certificate</source>
        <translation>Diagramme zum Zertifikat</translation>
    </message>
    <message>
        <source>Certified learnability</source>
        <translation>Zertifizierte Lernbarkeit</translation>
    </message>
    <message>
        <source>η: how far the weights may lie from the surrogate&apos;s</source>
        <translation>η: wie weit die Gewichte von denen des Ersatznetzes abweichen dürfen</translation>
    </message>
    <message>
        <source>accuracy at most (%)</source>
        <translation>Genauigkeit höchstens (%)</translation>
    </message>
    <message>
        <source>Accuracy of the weight draws</source>
        <translation>Genauigkeit der Gewichtsziehungen</translation>
    </message>
    <message>
        <source>accuracy (%)</source>
        <translation>Genauigkeit (%)</translation>
    </message>
    <message>
        <source>draws</source>
        <translation>Ziehungen</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Share it gets wrong</source>
        <translation>Anteil der Fehler</translation>
    </message>
    <message>
        <source>A&amp;ll bounds</source>
        <translation>Alle S&amp;chranken</translation>
    </message>
    <message>
        <source>All bounds</source>
        <translation>Alle Schranken</translation>
    </message>
    <message>
        <source>Also for this η alone, for images like those of the hold-out, and for the mean of all networks.</source>
        <translation>Auch für dieses η allein, für Bilder wie die zurückgehaltenen und für den Mittelwert aller Netze.</translation>
    </message>
    <message>
        <source>Sa&amp;ve plot…</source>
        <translation>Diagramm speicher&amp;n …</translation>
    </message>
    <message>
        <source>Save plot</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>As SVG or PNG, or its figures as CSV; any plot by its context menu.</source>
        <translation>Als SVG oder PNG, oder die Zahlen als CSV; jedes Diagramm auch über sein Kontextmenü.</translation>
    </message>
    <message>
        <source>&amp;Learnability</source>
        <translation>&amp;Lernbarkeit</translation>
    </message>
    <message>
        <source>&amp;Draws</source>
        <translation>&amp;Ziehungen</translation>
    </message>
    <message>
        <source>Surrogate &amp;training</source>
        <translation>Training des &amp;Ersatznetzes</translation>
    </message>
</context>
<context>
    <name>ClassModel</name>
    <message>
        <source>Full: images to learn from. Dotted: images held out to measure with.</source>
        <translation>Voll: Bilder zum Lernen. Gepunktet: zurückgehaltene Bilder zum Messen.</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>To learn from</source>
        <translation>Zum Lernen</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>A few of them</source>
        <translation>Einige davon</translation>
    </message>
    <message>
        <source>{} of {} held out</source>
        <translation>{} von {} zurückgehalten</translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>&amp;Back to the list</source>
        <translation>&amp;Zurück zur Liste</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Only what di&amp;ffers</source>
        <translation>Nur &amp;Unterschiede</translation>
    </message>
    <message>
        <source>Only what differs</source>
        <translation>Nur Unterschiede</translation>
    </message>
    <message>
        <source>Settings and figures of both runs are the same.</source>
        <translation>Einstellungen und Zahlen beider Läufe sind gleich.</translation>
    </message>
    <message>
        <source>Neither of them is certified yet.</source>
        <translation>Noch ist keiner von beiden zertifiziert.</translation>
    </message>
    <message>
        <source>Settings and figures of both runs</source>
        <translation>Einstellungen und Zahlen beider Läufe</translation>
    </message>
    <message>
        <source>{} and {}</source>
        <translation>{} und {}</translation>
    </message>
    <message>
        <source>Certified learnability of both runs</source>
        <translation>Zertifizierte Lernbarkeit beider Läufe</translation>
    </message>
    <message>
        <source>η: how far the weights may lie from the surrogate&apos;s</source>
        <translation>η: wie weit die Gewichte von denen des Ersatznetzes abweichen dürfen</translation>
    </message>
    <message>
        <source>accuracy at most (%)</source>
        <translation>Genauigkeit höchstens (%)</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>The curve begins with the first weight draws.</source>
        <translation>Die Kurve beginnt mit den ersten Gewichtsziehungen.</translation>
    </message>
    <message>
        <source>found by a search</source>
        <translation>durch eine Suche gefunden</translation>
    </message>
    <message>
        <source>found beyond</source>
        <translation>weiter außen gefunden</translation>
    </message>
    <message>
        <source>found above</source>
        <translation>darüber gefunden</translation>
    </message>
    <message>
        <source>own statistics</source>
        <translation>eigene Statistik</translation>
    </message>
    <message>
        <source>this η alone</source>
        <translation>nur dieses η</translation>
    </message>
    <message>
        <source>images like these</source>
        <translation>Bilder wie diese</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <source>no certificate</source>
        <translation>kein Zertifikat</translation>
    </message>
    <message>
        <source>no certificate yet, {} draws</source>
        <translation>noch kein Zertifikat, {} Ziehungen</translation>
    </message>
    <message>
        <source>{} draws protected, {} unprotected</source>
        <translation>{} Ziehungen geschützt, {} ungeschützt</translation>
    </message>
    <message>
        <source>{}: at most {} at η {}, {} at η {}</source>
        <translation>{}: höchstens {} bei η&#xa0;{}, {} bei η&#xa0;{}</translation>
    </message>
    <message>
        <source>{}: no certificate</source>
        <translation>{}: kein Zertifikat</translation>
    </message>
    <message>
        <source>chance: {}</source>
        <translation>Zufall: {}</translation>
    </message>
    <message>
        <source>found at η {}: {}</source>
        <translation>gefunden bei η&#xa0;{}: {}</translation>
    </message>
    <message>
        <source>nothing certified</source>
        <translation>nichts zertifiziert</translation>
    </message>
    <message>
        <source>certified at most {}</source>
        <translation>zertifiziert höchstens {}</translation>
    </message>
    <message>
        <source>above the curve</source>
        <translation>über der Kurve</translation>
    </message>
</context>
<context>
    <name>DataOptions</name>
    <message>
        <source>From a CS&amp;V file…</source>
        <translation>Aus einer CS&amp;V-Datei …</translation>
    </message>
    <message>
        <source>Group by loo&amp;k…</source>
        <translation>Nach Auss&amp;ehen gruppieren …</translation>
    </message>
    <message>
        <source>Use the f&amp;olders</source>
        <translation>Die &amp;Ordner verwenden</translation>
    </message>
    <message>
        <source>Hold-out share</source>
        <translation>Zurückgehaltener Anteil</translation>
    </message>
    <message>
        <source>Own &amp;test folder…</source>
        <translation>Eigener &amp;Testordner …</translation>
    </message>
    <message>
        <source>Use a sha&amp;re instead</source>
        <translation>Stattdessen einen &amp;Anteil</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Hel&amp;d out</source>
        <translation>Zu&amp;rückgehalten</translation>
    </message>
    <message>
        <source>the names of the folders</source>
        <translation>die Namen der Ordner</translation>
    </message>
    <message>
        <source>the groups you accepted</source>
        <translation>die von Ihnen übernommenen Gruppen</translation>
    </message>
    <message>
        <source>from {}</source>
        <translation>aus {}</translation>
    </message>
    <message>
        <source>to measure with: the images of {}</source>
        <translation>zum Messen: die Bilder aus {}</translation>
    </message>
    <message>
        <source>The folder came with its own test images.</source>
        <translation>Der Ordner hat eigene Testbilder.</translation>
    </message>
    <message>
        <source>of each class, to measure with. Networks never learn from these images.</source>
        <translation>jeder Klasse, zum Messen. Aus diesen Bildern lernt kein Netz.</translation>
    </message>
    <message>
        <source>Choose a CSV file with the lines path,label</source>
        <translation>CSV-Datei mit den Zeilen path,label wählen</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>Tabellen (*.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a folder with the same classes, to measure with</source>
        <translation>Ordner mit denselben Klassen wählen, zum Messen</translation>
    </message>
</context>
<context>
    <name>DevicePicker</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Automatic: the best that works</source>
        <translation>Automatisch: das beste, das funktioniert</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation>Geräte werden gesucht …</translation>
    </message>
    <message>
        <source>Automatic: {}</source>
        <translation>Automatisch: {}</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>not usable</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>{} can&apos;t be used: {}.</source>
        <translation>{} ist nicht verwendbar: {}.</translation>
    </message>
    <message>
        <source>The devices of this computer could not be listed: {}</source>
        <translation>Die Geräte dieses Rechners ließen sich nicht auflisten: {}</translation>
    </message>
</context>
<context>
    <name>DrawsPlot</name>
    <message>
        <source>{}: {} draws, median accuracy {}</source>
        <translation>{}: {} Ziehungen, mittlere Genauigkeit (Median) {}</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>&amp;Choose a folder of images…</source>
        <translation>Bilder&amp;ordner wählen …</translation>
    </message>
    <message>
        <source>Choose a folder of images</source>
        <translation>Bilderordner wählen</translation>
    </message>
    <message>
        <source>&amp;Open a run…</source>
        <translation>&amp;Lauf öffnen …</translation>
    </message>
    <message>
        <source>Open a run</source>
        <translation>Lauf öffnen</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Try it with the sample images</source>
        <translation>Mit den Be&amp;ispielbildern ausprobieren</translation>
    </message>
    <message>
        <source>Try it with the sample images</source>
        <translation>Mit den Beispielbildern ausprobieren</translation>
    </message>
    <message>
        <source>Drop a folder of images here</source>
        <translation>Ziehen Sie einen Ordner mit Bildern hierher</translation>
    </message>
    <message>
        <source>One folder for each class, such as “cats” and “dogs”; or “train” and “test” with them inside.</source>
        <translation>Ein Ordner für jede Klasse, etwa „Katzen“ und „Hunde“; oder „train“ und „test“ mit diesen darin.</translation>
    </message>
    <message>
        <source>Originals are only read, never changed. Nothing leaves this computer.</source>
        <translation>Originale werden nur gelesen, nie geändert. Nichts verlässt diesen Rechner.</translation>
    </message>
</context>
<context>
    <name>EffortChoice</name>
    <message>
        <source>Effort</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Wie im Fachartikel</translation>
    </message>
    <message>
        <source>{} (about {} here)</source>
        <translation>{} (hier etwa {})</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Certify again.</source>
        <extracomment>engine/certificate.py</extracomment>
        <translation>Zertifizieren Sie erneut.</translation>
    </message>
    <message>
        <source>Images and certificate.json are complete and signed; exporting again tries again.</source>
        <extracomment>engine/certificate.py</extracomment>
        <translation>Bilder und certificate.json sind vollständig und signiert; ein erneuter Export versucht es noch einmal.</translation>
    </message>
    <message>
        <source>PUE Desktop</source>
        <extracomment>app.py</extracomment>
        <translation>PUE Desktop</translation>
    </message>
    <message>
        <source>Please report it with the copied details.</source>
        <extracomment>app.py</extracomment>
        <translation>Bitte melden Sie ihn mit den kopierten Einzelheiten.</translation>
    </message>
    <message>
        <source>Something went wrong that should not: {name}: {error}</source>
        <extracomment>app.py</extracomment>
        <translation>Etwas ist schiefgegangen, das nicht schiefgehen sollte: {name}: {error}</translation>
    </message>
    <message>
        <source>The certificate can&apos;t be rendered as PDF: {tail}.</source>
        <extracomment>engine/certificate.py</extracomment>
        <translation>Das Zertifikat lässt sich nicht als PDF ausgeben: {tail}.</translation>
    </message>
    <message>
        <source>The run does not know how it was certified.</source>
        <extracomment>engine/certificate.py</extracomment>
        <translation>Der Lauf weiß nicht, wie er zertifiziert wurde.</translation>
    </message>
    <message>
        <source>it ended without a word</source>
        <extracomment>engine/certificate.py</extracomment>
        <translation>es endete ohne ein Wort</translation>
    </message>
    <message>
        <source>No certificate: {reason}</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Kein Zertifikat: {reason}</translation>
    </message>
    <message>
        <source>This certificate does not distinguish protected from unprotected images: it is no evidence that the protection works.</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Dieses Zertifikat unterscheidet geschützte nicht von ungeschützten Bildern: Es ist kein Beleg dafür, dass der Schutz wirkt.</translation>
    </message>
    <message>
        <source>drawing weights</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Gewichte ziehen</translation>
    </message>
    <message>
        <source>protecting the images</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Bilder schützen</translation>
    </message>
    <message>
        <source>training on the protected images</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Training auf den geschützten Bildern</translation>
    </message>
    <message>
        <source>training on the unprotected images</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Training auf den ungeschützten Bildern</translation>
    </message>
    <message>
        <source>Ask for fewer groups.</source>
        <extracomment>engine/clusters.py</extracomment>
        <translation>Verlangen Sie weniger Gruppen.</translation>
    </message>
    <message>
        <source>Choose a folder that holds images, in any folders.</source>
        <extracomment>engine/clusters.py</extracomment>
        <translation>Wählen Sie einen Ordner, der Bilder enthält, in welchen Unterordnern auch immer.</translation>
    </message>
    <message>
        <source>No image in {folder} could be opened.</source>
        <extracomment>engine/clusters.py</extracomment>
        <translation>In {folder} ließ sich kein Bild öffnen.</translation>
    </message>
    <message>
        <source>The groups are a guess by colour and shape; look at them before you use them.</source>
        <extracomment>engine/clusters.py</extracomment>
        <translation>Die Gruppen sind nach Farbe und Form geschätzt; sehen Sie sie an, bevor Sie sie verwenden.</translation>
    </message>
    <message>
        <source>comparing the images</source>
        <extracomment>engine/clusters.py</extracomment>
        <translation>Bilder vergleichen</translation>
    </message>
    <message>
        <source>{ids} images can&apos;t be parted into {count} groups.</source>
        <extracomment>engine/clusters.py</extracomment>
        <translation>{ids} Bilder lassen sich nicht in {count} Gruppen teilen.</translation>
    </message>
    <message>
        <source>A setting is wrong: {error}.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Eine Einstellung ist falsch: {error}.</translation>
    </message>
    <message>
        <source>Attackers</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Angreifer</translation>
    </message>
    <message>
        <source>Beyond the certified radii it goes on at 0.5, 1, 2, 5, 10, … up to here; 0: not beyond.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Jenseits der zertifizierten Radien geht es bei 0,5, 1, 2, 5, 10, … bis hierher weiter; 0: nicht darüber hinaus.</translation>
    </message>
    <message>
        <source>CSV file of path,label lines; without one, folders are the classes.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>CSV-Datei aus Zeilen path,label; ohne sie sind die Ordner die Klassen.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Countermeasures</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Gegenmaßnahmen</translation>
    </message>
    <message>
        <source>Draws</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Ziehungen</translation>
    </message>
    <message>
        <source>Draws on training images</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Ziehungen auf Trainingsbildern</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Farthest search</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Weiteste Suche</translation>
    </message>
    <message>
        <source>File format of the images.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Dateiformat der Bilder.</translation>
    </message>
    <message>
        <source>First size of a perturbation step, of 255; it decays to a tenth.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Anfängliche Größe eines Schritts der Störung, von 255; sie sinkt auf ein Zehntel.</translation>
    </message>
    <message>
        <source>Folder</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder with the same classes to measure with, instead of a share of each class.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Ordner mit denselben Klassen zum Messen, statt eines Anteils jeder Klasse.</translation>
    </message>
    <message>
        <source>Format</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Format</translation>
    </message>
    <message>
        <source>Framing</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>Hold-out share</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Zurückgehaltener Anteil</translation>
    </message>
    <message>
        <source>How often each attacker is trained anew; from two on, with an interval.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Wie oft jeder Angreifer neu trainiert wird; ab zweimal mit Intervall.</translation>
    </message>
    <message>
        <source>How the perturbation is found.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Wie die Störung gefunden wird.</translation>
    </message>
    <message>
        <source>Labels</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Klassennamen</translation>
    </message>
    <message>
        <source>Largest change of any pixel value, of 255.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Größte Änderung eines Bildpunktwerts, von 255.</translation>
    </message>
    <message>
        <source>Largest standard deviation of the weight noise while crafting.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Größte Standardabweichung des Gewichtsrauschens beim Erstellen.</translation>
    </message>
    <message>
        <source>Least share of a photograph that the surrogate is shown while crafting; 1: always the whole.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Kleinster Teil eines Fotos, der dem Ersatznetz beim Erstellen gezeigt wird; 1: immer das ganze.</translation>
    </message>
    <message>
        <source>Masking</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Maskierung</translation>
    </message>
    <message>
        <source>Metadata</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Method</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Name of your key that signs; see pue-desktop keys.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Name Ihres Schlüssels, der signiert; siehe pue-desktop keys.</translation>
    </message>
    <message>
        <source>Networks trained from different seeds; the certificate is about the worst of them.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Netze, mit verschiedenen Startwerten trainiert; das Zertifikat gilt dem schlechtesten davon.</translation>
    </message>
    <message>
        <source>Networks trained on the protected images.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Netze, die auf den geschützten Bildern trainiert werden.</translation>
    </message>
    <message>
        <source>Of the certificate as PDF.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Des Zertifikats als PDF.</translation>
    </message>
    <message>
        <source>Page size</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Papierformat</translation>
    </message>
    <message>
        <source>Probability that the certificate is right.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Wahrscheinlichkeit, dass das Zertifikat stimmt.</translation>
    </message>
    <message>
        <source>Quantile q</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Quantil q</translation>
    </message>
    <message>
        <source>SGD steps for each surrogate.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>SGD-Schritte für jedes Ersatznetz.</translation>
    </message>
    <message>
        <source>SGD steps of each attacker.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>SGD-Schritte jedes Angreifers.</translation>
    </message>
    <message>
        <source>Searching with clean images for better weights near the certified network; 0: no search.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Suche mit sauberen Bildern nach besseren Gewichten nahe dem zertifizierten Netz; 0: keine Suche.</translation>
    </message>
    <message>
        <source>See --help for its range.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Ihren Bereich nennt --help.</translation>
    </message>
    <message>
        <source>Share of each class kept from learning, to measure with.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Anteil jeder Klasse, der vom Lernen zurückgehalten wird, zum Messen.</translation>
    </message>
    <message>
        <source>Share of the weight draws that the certified value covers.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Anteil der Gewichtsziehungen, den der zertifizierte Wert abdeckt.</translation>
    </message>
    <message>
        <source>Sign step</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Vorzeichenschritt</translation>
    </message>
    <message>
        <source>Signed with</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Signiert mit</translation>
    </message>
    <message>
        <source>Smallest view</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Kleinster Ausschnitt</translation>
    </message>
    <message>
        <source>Standard deviation of the weight noise of every draw.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Standardabweichung des Gewichtsrauschens jeder Ziehung.</translation>
    </message>
    <message>
        <source>Steps</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Steps of each search</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Schritte jeder Suche</translation>
    </message>
    <message>
        <source>Surrogates</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Ersatznetze</translation>
    </message>
    <message>
        <source>Test folder</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Testordner</translation>
    </message>
    <message>
        <source>Training steps</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Trainingsschritte</translation>
    </message>
    <message>
        <source>Training steps of the surrogate.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Trainingsschritte des Ersatznetzes.</translation>
    </message>
    <message>
        <source>Trainings each</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Trainings je Angreifer</translation>
    </message>
    <message>
        <source>Unused where there is a test folder.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Ohne Wirkung, wo es einen Testordner gibt.</translation>
    </message>
    <message>
        <source>Weight draws to show how well the surrogate knows its own images.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Gewichtsziehungen, die zeigen, wie gut das Ersatznetz seine eigenen Bilder kennt.</translation>
    </message>
    <message>
        <source>Weight draws; more reach farther.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Gewichtsziehungen; mehr reichen weiter.</translation>
    </message>
    <message>
        <source>Weight noise</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Gewichtsrauschen</translation>
    </message>
    <message>
        <source>Weight noise σ</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Gewichtsrauschen&#xa0;σ</translation>
    </message>
    <message>
        <source>What an attacker does to the images first.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Was ein Angreifer zuvor mit den Bildern macht.</translation>
    </message>
    <message>
        <source>Where the protected images go: new, empty or of this run.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>Wohin die geschützten Bilder kommen: neu, leer oder von diesem Lauf.</translation>
    </message>
    <message>
        <source>safe: author, copyright, description, date, resolution; no-location: the camera too; none.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>safe: Urheber, Copyright, Beschreibung, Datum, Auflösung; no-location: auch die Kamera; none: nichts.</translation>
    </message>
    <message>
        <source>squash: attackers see the whole image, squashed to a square; crop: the square in its middle.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>squash: Angreifer sehen das ganze Bild, zum Quadrat gestaucht; crop: das Quadrat in seiner Mitte.</translation>
    </message>
    <message>
        <source>texture: weaker where a picture is flat, and at least 34 dB alike at epsilon 8; none: the same everywhere; auto: texture for photographs.</source>
        <extracomment>engine/config.py</extracomment>
        <translation>texture: schwächer, wo ein Bild glatt ist, und bei Epsilon 8 mindestens 34 dB ähnlich; none: überall gleich; auto: texture für Fotos.</translation>
    </message>
    <message>
        <source>Batch size</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Stapelgröße</translation>
    </message>
    <message>
        <source>Device</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Images per training step; 0: by the working size, 128 at 32 pixels, 32 at 64.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Bilder je Trainingsschritt; 0: nach der Arbeitsgröße, 128 bei 32 Bildpunkten, 32 bei 64.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Names every random draw of the run.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Bestimmt jeden Zufallswert des Laufs.</translation>
    </message>
    <message>
        <source>Noise geometry</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Geometrie des Rauschens</translation>
    </message>
    <message>
        <source>Of SGD, decayed to zero along a cosine.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Von SGD, entlang eines Kosinus auf null gesenkt.</translation>
    </message>
    <message>
        <source>Seed</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Side, in pixels, at which networks see the images; 0: by the images, 32 or 64.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Seitenlänge in Bildpunkten, in der Netze die Bilder sehen; 0: nach den Bildern, 32 oder 64.</translation>
    </message>
    <message>
        <source>Surrogate</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Ersatznetz</translation>
    </message>
    <message>
        <source>The network that learns.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Das Netz, das lernt.</translation>
    </message>
    <message>
        <source>Weight noise in proportion to each filter (scale-invariant) or equal everywhere (isotropic).</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Gewichtsrauschen im Verhältnis zu jedem Filter (scale-invariant) oder überall gleich (isotropic).</translation>
    </message>
    <message>
        <source>Working size</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Arbeitsgröße</translation>
    </message>
    <message>
        <source>auto, cpu, cuda, cuda:N or mps.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>auto, cpu, cuda, cuda:N oder mps.</translation>
    </message>
    <message>
        <source>A random part of every image comes from another one, with its share of the label.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Ein zufälliger Teil jedes Bildes kommt aus einem anderen, mit dessen Anteil am Klassennamen.</translation>
    </message>
    <message>
        <source>A random square of every image is covered.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Ein zufälliges Quadrat jedes Bildes wird verdeckt.</translation>
    </message>
    <message>
        <source>Blurred a little (Gaussian, one pixel at a size of 32).</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Ein wenig weichgezeichnet (Gauß, ein Bildpunkt bei Größe 32).</translation>
    </message>
    <message>
        <source>Compressed as JPEG of quality 10: visibly worse.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Als JPEG der Qualität 10 komprimiert: sichtbar schlechter.</translation>
    </message>
    <message>
        <source>Compressed as JPEG of quality 50, as many websites do.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Als JPEG der Qualität 50 komprimiert, wie viele Websites es tun.</translation>
    </message>
    <message>
        <source>Every image is blended with another one, and so are their labels.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Jedes Bild wird mit einem anderen überblendet, ebenso ihre Klassennamen.</translation>
    </message>
    <message>
        <source>Four levels per colour instead of 256.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Vier Stufen je Farbe statt 256.</translation>
    </message>
    <message>
        <source>Learns from the images changed against it (PGD, 4 of 255): eleven times as long.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Lernt aus Bildern, die gegen es verändert werden (PGD, 4 von 255): elfmal so lange.</translation>
    </message>
    <message>
        <source>Learns from the worst of five strong random changes of every image (UEraser-max): six times as long.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Lernt aus der schlimmsten von fünf starken zufälligen Änderungen jedes Bildes (UEraser-max): sechsmal so lange.</translation>
    </message>
    <message>
        <source>Made half as large and enlarged again.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Auf die Hälfte verkleinert und wieder vergrößert.</translation>
    </message>
    <message>
        <source>Random crop and mirror image, as almost everybody does (and as all below do, too).</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Zufälliger Ausschnitt und Spiegelung, wie fast alle es tun (und wie alle folgenden auch).</translation>
    </message>
    <message>
        <source>Somebody has the originals of 10 % of the images.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Jemand hat die Originale von 10 % der Bilder.</translation>
    </message>
    <message>
        <source>Somebody has the originals of 20 % of the images.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Jemand hat die Originale von 20 % der Bilder.</translation>
    </message>
    <message>
        <source>Somebody has the originals of half of the images.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Jemand hat die Originale der Hälfte der Bilder.</translation>
    </message>
    <message>
        <source>Takes away the simplest patterns that tell the classes apart.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Nimmt die einfachsten Muster weg, an denen sich die Klassen unterscheiden lassen.</translation>
    </message>
    <message>
        <source>Takes away what the images of a class have in common.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Nimmt weg, was die Bilder einer Klasse gemeinsam haben.</translation>
    </message>
    <message>
        <source>Train on the files as they are.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Training auf den Dateien, wie sie sind.</translation>
    </message>
    <message>
        <source>Turned to shades of grey.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>In Graustufen umgewandelt.</translation>
    </message>
    <message>
        <source>Two random changes each time: shape, brightness, colour, contrast, sharpness.</source>
        <extracomment>engine/countermeasures/__init__.py</extracomment>
        <translation>Jedes Mal zwei zufällige Änderungen: Form, Helligkeit, Farbe, Kontrast, Schärfe.</translation>
    </message>
    <message>
        <source>Countermeasure | None</source>
        <extracomment>engine/countermeasures/countermeasure.py</extracomment>
        <translation>Countermeasure | None</translation>
    </message>
    <message>
        <source>Take more steps or a greater strength.</source>
        <extracomment>engine/craft.py</extracomment>
        <translation>Nehmen Sie mehr Schritte oder eine größere Stärke.</translation>
    </message>
    <message>
        <source>The surrogate still errs on {final_error} of the perturbed images: the protection is weak.</source>
        <extracomment>engine/craft.py</extracomment>
        <translation>Das Ersatznetz irrt noch bei {final_error} der gestörten Bilder: Der Schutz ist schwach.</translation>
    </message>
    <message>
        <source>crafting the perturbation</source>
        <extracomment>engine/craft.py</extracomment>
        <translation>Störung erstellen</translation>
    </message>
    <message>
        <source>reading the images</source>
        <extracomment>engine/craft.py</extracomment>
        <translation>Bilder lesen</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Prüfen Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>Choose a folder of other images.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Wählen Sie einen Ordner mit anderen Bildern.</translation>
    </message>
    <message>
        <source>Choose a folder with one folder of images per class.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Wählen Sie einen Ordner, der für jede Klasse einen Ordner mit Bildern enthält.</translation>
    </message>
    <message>
        <source>Choose the folder that holds the images.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Wählen Sie den Ordner, der die Bilder enthält.</translation>
    </message>
    <message>
        <source>Class {missing} has no usable image in the {title} folder.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Klasse {missing} hat kein brauchbares Bild im Ordner {title}.</translation>
    </message>
    <message>
        <source>Class {name} has too few usable images ({total}).</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Klasse {name} hat zu wenige brauchbare Bilder ({total}).</translation>
    </message>
    <message>
        <source>Give every class at least {min_train_per_class} images, or remove it.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Geben Sie jeder Klasse mindestens {min_train_per_class} Bilder, oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>Give every class images in both folders, or remove the class.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Geben Sie jeder Klasse Bilder in beiden Ordnern, oder entfernen Sie die Klasse.</translation>
    </message>
    <message>
        <source>Leave the test folder empty, or choose the training folder itself as the folder of images.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Lassen Sie den Testordner leer, oder wählen Sie den Trainingsordner selbst als Bilderordner.</translation>
    </message>
    <message>
        <source>None of the files in {folder} can be protected.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Keine der Dateien in {folder} lässt sich schützen.</translation>
    </message>
    <message>
        <source>Of some images not everything can be kept: {text} ({count}, the first {first}).</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Von manchen Bildern lässt sich nicht alles bewahren: {text} ({count}, das erste {first}).</translation>
    </message>
    <message>
        <source>Protection works by class: put the images into two or more folders, one per class.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Der Schutz wirkt klassenweise: Legen Sie die Bilder in zwei oder mehr Ordner, einen je Klasse.</translation>
    </message>
    <message>
        <source>Put the images into two or more folders, one per class; or give their classes in a CSV file; or have groups made by look.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Legen Sie die Bilder in zwei oder mehr Ordner, einen je Klasse; oder geben Sie ihre Klassen in einer CSV-Datei an; oder lassen Sie sie nach Aussehen gruppieren.</translation>
    </message>
    <message>
        <source>Scan the folder again.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Lesen Sie den Ordner neu ein.</translation>
    </message>
    <message>
        <source>See the list of files and reasons.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Sehen Sie die Liste der Dateien und Gründe an.</translation>
    </message>
    <message>
        <source>The test folder {test} contains the images to protect.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Der Testordner {test} enthält die Bilder, die zu schützen sind.</translation>
    </message>
    <message>
        <source>There are no images in {folder}.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>In {folder} sind keine Bilder.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Es gibt keinen Ordner {folder}.</translation>
    </message>
    <message>
        <source>images of this format ({suffix}) can&apos;t be protected; save it as PNG or TIFF first</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Bilder dieses Formats ({suffix}) lassen sich nicht schützen; speichern Sie es zuvor als PNG oder TIFF</translation>
    </message>
    <message>
        <source>it is a link that leads to itself</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>es ist eine Verknüpfung, die auf sich selbst führt</translation>
    </message>
    <message>
        <source>it is a link to a file outside the folder</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>es ist eine Verknüpfung auf eine Datei außerhalb des Ordners</translation>
    </message>
    <message>
        <source>it is a link to a folder, and such links are not followed</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>es ist eine Verknüpfung auf einen Ordner, und solchen wird nicht gefolgt</translation>
    </message>
    <message>
        <source>it is outside the class folders of train and test</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>es liegt außerhalb der Klassenordner von train und test</translation>
    </message>
    <message>
        <source>it lies in no class folder</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>es liegt in keinem Klassenordner</translation>
    </message>
    <message>
        <source>it lies in no class folder of the test folder</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>es liegt in keinem Klassenordner des Testordners</translation>
    </message>
    <message>
        <source>its ending is not that of an image format</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>seine Endung ist nicht die eines Bildformats</translation>
    </message>
    <message>
        <source>its name is not valid text (UTF-8)</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>sein Name ist kein gültiger Text (UTF-8)</translation>
    </message>
    <message>
        <source>looking at the images</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>Bilder ansehen</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be opened: {strerror}.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{folder} lässt sich nicht öffnen: {strerror}.</translation>
    </message>
    <message>
        <source>{folder} has folders for training and testing of its own; another test folder has no place beside them.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{folder} hat eigene Ordner zum Trainieren und Testen; daneben ist kein Platz für einen weiteren Testordner.</translation>
    </message>
    <message>
        <source>{folder} has no class folders: its files lie side by side.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{folder} hat keine Klassenordner: Seine Dateien liegen nebeneinander.</translation>
    </message>
    <message>
        <source>{folder} has only one class ({names}).</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{folder} hat nur eine Klasse ({names}).</translation>
    </message>
    <message>
        <source>{folder} is a file, not a folder.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{folder} ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{path} lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>{path} is not an index of this version.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{path} ist kein Verzeichnis dieser Version.</translation>
    </message>
    <message>
        <source>{path} names an image that can&apos;t be: {id}.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{path} nennt ein Bild, das es nicht geben kann: {id}.</translation>
    </message>
    <message>
        <source>{skipped} files can&apos;t be protected; the list says why.</source>
        <extracomment>engine/dataset.py</extracomment>
        <translation>{skipped} Dateien lassen sich nicht schützen; die Liste sagt, warum.</translation>
    </message>
    <message>
        <source>Restore it from the owner&apos;s copy.</source>
        <extracomment>engine/envelope.py</extracomment>
        <translation>Stellen Sie es aus der Kopie der Eigentümerin oder des Eigentümers wieder her.</translation>
    </message>
    <message>
        <source>The certificate is damaged or not a certificate: {reason}.</source>
        <extracomment>engine/envelope.py</extracomment>
        <translation>Das Zertifikat ist beschädigt oder keines: {reason}.</translation>
    </message>
    <message>
        <source>The certificate is of kind {found}; this version reads kinds 1 to {schema}.</source>
        <extracomment>engine/envelope.py</extracomment>
        <translation>Das Zertifikat ist von der Art {found}; diese Version liest die Arten 1 bis {schema}.</translation>
    </message>
    <message>
        <source>Verify it with the version of PUE Desktop that made it, or a newer one.</source>
        <extracomment>engine/envelope.py</extracomment>
        <translation>Prüfen Sie es mit der Version von PUE Desktop, die es erstellt hat, oder einer neueren.</translation>
    </message>
    <message>
        <source>Choose the format png.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Wählen Sie das Format png.</translation>
    </message>
    <message>
        <source>Choose where the protected images shall go.</source>
        <extracomment>engine/export.py</extracomment>
        <translation>Wählen Sie, wohin die geschützten Bilder sollen.</translation>
    </message>
    <message>
        <source>No export folder was given.</source>
        <extracomment>engine/export.py</extracomment>
        <translation>Es wurde kein Exportordner angegeben.</translation>
    </message>
    <message>
        <source>There are no images to export.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Es gibt keine Bilder zu exportieren.</translation>
    </message>
    <message>
        <source>Verifying will name them.</source>
        <extracomment>engine/export.py</extracomment>
        <translation>Die Prüfung wird sie nennen.</translation>
    </message>
    <message>
        <source>writing the certificate</source>
        <extracomment>engine/export.py</extracomment>
        <translation>Zertifikat schreiben</translation>
    </message>
    <message>
        <source>writing the images</source>
        <extracomment>engine/export.py</extracomment>
        <translation>Bilder schreiben</translation>
    </message>
    <message>
        <source>{foreign} files in {folder} are not part of the export and were left alone, the first is {foreign2}.</source>
        <extracomment>engine/export.py</extracomment>
        <translation>{foreign} Dateien in {folder} gehören nicht zum Export und wurden in Ruhe gelassen, die erste ist {foreign2}.</translation>
    </message>
    <message>
        <source>{path} does not belong to the certificate of this run.</source>
        <extracomment>engine/export.py</extracomment>
        <translation>{path} gehört nicht zum Zertifikat dieses Laufs.</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder elsewhere.</source>
        <extracomment>engine/export_conflicts.py</extracomment>
        <translation>Wählen Sie anderswo einen neuen oder leeren Ordner.</translation>
    </message>
    <message>
        <source>Free some space or choose another disk, then start again.</source>
        <extracomment>engine/export_space.py</extracomment>
        <translation>Schaffen Sie Platz oder wählen Sie einen anderen Datenträger, und beginnen Sie dann erneut.</translation>
    </message>
    <message>
        <source>There is not enough space at {place}: about {needed} needed, {free} free.</source>
        <extracomment>engine/export_space.py</extracomment>
        <translation>Auf {place} ist nicht genug Platz: etwa {needed} nötig, {free} frei.</translation>
    </message>
    <message>
        <source>the folder of the originals</source>
        <extracomment>engine/export_folder.py</extracomment>
        <translation>der Ordner der Originale</translation>
    </message>
    <message>
        <source>the run folder</source>
        <extracomment>engine/export_folder.py</extracomment>
        <translation>der Laufordner</translation>
    </message>
    <message>
        <source>{folder} holds {name} {other}: an export can&apos;t go there.</source>
        <extracomment>engine/export_folder.py</extracomment>
        <translation>{folder} enthält {name} {other}: Dorthin geht kein Export.</translation>
    </message>
    <message>
        <source>{folder} is not empty and not an export of this run.</source>
        <extracomment>engine/export_conflicts.py</extracomment>
        <translation>{folder} ist nicht leer und kein Export dieses Laufs.</translation>
    </message>
    <message>
        <source>Existing files</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Vorhandene Dateien</translation>
    </message>
    <message>
        <source>File names</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Dateinamen</translation>
    </message>
    <message>
        <source>JPEG quality</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>JPEG-Qualität</translation>
    </message>
    <message>
        <source>Unused but for jpeg; the lower, the smaller the files and the less of the protection they keep.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>Nur bei jpeg von Bedeutung; je niedriger, desto kleiner die Dateien und desto weniger vom Schutz behalten sie.</translation>
    </message>
    <message>
        <source>keep: as they are; numbered: 0001, 0002, … in each folder, though the certificate still names the originals; suffix: with -protected at their end.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>keep: wie sie sind; numbered: 0001, 0002, … in jedem Ordner, das Zertifikat nennt dennoch die Originale; suffix: mit -protected am Ende.</translation>
    </message>
    <message>
        <source>replace: an earlier export of this run, nothing else; new-folder: put it beside, with a number; refuse: write nothing.</source>
        <extracomment>engine/config_types.py</extracomment>
        <translation>replace: ein früherer Export dieses Laufs, sonst nichts; new-folder: daneben, mit einer Nummer; refuse: nichts schreiben.</translation>
    </message>
    <message>
        <source>Write it as small@32, with a size from {least_size} to {largest_size}.</source>
        <extracomment>engine/estimate.py</extracomment>
        <translation>Schreiben Sie es wie small@32, mit einer Größe von {least_size} bis {largest_size}.</translation>
    </message>
    <message>
        <source>{key} is no network with a size.</source>
        <extracomment>engine/estimate.py</extracomment>
        <translation>{key} ist kein Netz mit einer Größe.</translation>
    </message>
    <message>
        <source>Number the files instead (numbered).</source>
        <extracomment>engine/export.py</extracomment>
        <translation>Nummerieren Sie die Dateien stattdessen (numbered).</translation>
    </message>
    <message>
        <source>measuring what compressing did</source>
        <extracomment>engine/export.py</extracomment>
        <translation>Wirkung des Komprimierens messen</translation>
    </message>
    <message>
        <source>{long} of the exported files would have names of more than {longest_name} bytes; the first is {long2}.</source>
        <extracomment>engine/export.py</extracomment>
        <translation>{long} der exportierten Dateien hätten Namen von mehr als {longest_name} Bytes; die erste ist {long2}.</translation>
    </message>
    <message>
        <source>{moved} files in {folder} were not as exported; they are kept in {aside}.</source>
        <extracomment>engine/export.py</extracomment>
        <translation>{moved} Dateien in {folder} waren nicht wie exportiert; sie sind in {aside} aufgehoben.</translation>
    </message>
    <message>
        <source>Choose another folder, or let it be replaced.</source>
        <extracomment>engine/export_conflicts.py</extracomment>
        <translation>Wählen Sie einen anderen Ordner, oder lassen Sie ihn ersetzen.</translation>
    </message>
    <message>
        <source>{folder} is not empty.</source>
        <extracomment>engine/export_conflicts.py</extracomment>
        <translation>{folder} ist nicht leer.</translation>
    </message>
    <message>
        <source>{folder} is {name}: an export can&apos;t go there.</source>
        <extracomment>engine/export_folder.py</extracomment>
        <translation>{folder} ist {name}: Dorthin geht kein Export.</translation>
    </message>
    <message>
        <source>{folder} lies inside {name} {other}: an export can&apos;t go there.</source>
        <extracomment>engine/export_folder.py</extracomment>
        <translation>{folder} liegt innerhalb von {other} ({name}): Dorthin geht kein Export.</translation>
    </message>
    <message>
        <source>Certify again, then export.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Zertifizieren Sie erneut, exportieren Sie dann.</translation>
    </message>
    <message>
        <source>Check the disk, then start again.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Prüfen Sie den Datenträger und beginnen Sie dann erneut.</translation>
    </message>
    <message>
        <source>Choose another export folder.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Wählen Sie einen anderen Exportordner.</translation>
    </message>
    <message>
        <source>Scan the folder again, then craft and certify anew.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Lesen Sie den Ordner neu ein, dann erstellen und zertifizieren Sie neu.</translation>
    </message>
    <message>
        <source>The file is not certified.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Die Datei ist nicht zertifiziert.</translation>
    </message>
    <message>
        <source>The format can&apos;t store {name} exactly (mode {mode}).</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Das Format kann {name} nicht genau speichern (Modus {mode}).</translation>
    </message>
    <message>
        <source>The format {name} can&apos;t store {misfits} of the images{value}; the first is {misfits2} (mode {value2}).</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Das Format {name} kann {misfits} der Bilder nicht speichern{value}; das erste ist {misfits2} (Modus {value2}).</translation>
    </message>
    <message>
        <source>This is a bug; please report it.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>Das ist ein Programmfehler; bitte melden Sie ihn.</translation>
    </message>
    <message>
        <source>{id} as exported is not the image that the certificate is about.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{id} ist exportiert nicht das Bild, von dem das Zertifikat handelt.</translation>
    </message>
    <message>
        <source>{id} can&apos;t be protected: {error}.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{id} lässt sich nicht schützen: {error}.</translation>
    </message>
    <message>
        <source>{id} changed since it was scanned.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{id} hat sich seit dem Einlesen geändert.</translation>
    </message>
    <message>
        <source>{id} vanished since it was scanned.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{id} ist seit dem Einlesen verschwunden.</translation>
    </message>
    <message>
        <source>{id} was fine when it was scanned, but now {error}.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{id} war beim Einlesen in Ordnung, aber jetzt gilt: {error}.</translation>
    </message>
    <message>
        <source>{id} would change by {delta} of 255, more than {epsilon_255}.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{id} würde sich um {delta} von 255 ändern, mehr als {epsilon_255}.</translation>
    </message>
    <message>
        <source>{parent} is a link that leads out of the export folder.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{parent} ist eine Verknüpfung, die aus dem Exportordner hinausführt.</translation>
    </message>
    <message>
        <source>{target} came back from the disk changed.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{target} kam verändert vom Datenträger zurück.</translation>
    </message>
    <message>
        <source>{target} can&apos;t be read back: {error}.</source>
        <extracomment>engine/export_image.py</extracomment>
        <translation>{target} lässt sich nicht zurücklesen: {error}.</translation>
    </message>
    <message>
        <source>JPEG: small, but it changes the pixels after they were certified; what that does is measured.</source>
        <extracomment>engine/exporters/__init__.py</extracomment>
        <translation>JPEG: klein, aber es ändert die Bildpunkte, nachdem sie zertifiziert wurden; was das bewirkt, wird gemessen.</translation>
    </message>
    <message>
        <source>Lossless WebP: smaller.</source>
        <extracomment>engine/exporters/__init__.py</extracomment>
        <translation>Verlustfreies WebP: kleiner.</translation>
    </message>
    <message>
        <source>PNG: every program reads it.</source>
        <extracomment>engine/exporters/__init__.py</extracomment>
        <translation>PNG: jedes Programm liest es.</translation>
    </message>
    <message>
        <source>TIFF, deflate-compressed: for archives and print.</source>
        <extracomment>engine/exporters/__init__.py</extracomment>
        <translation>TIFF, verlustfrei komprimiert: für Archive und Druck.</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>Free some space or choose another disk, then start again: it goes on where it stopped.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>Schaffen Sie Platz oder wählen Sie einen anderen Datenträger, und beginnen Sie dann erneut: Es geht weiter, wo es aufhörte.</translation>
    </message>
    <message>
        <source>There is no space left for {path}.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>Für {path} ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>{name} lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>{name} is larger than {limit} MiB.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>{name} ist größer als {limit} MiB.</translation>
    </message>
    <message>
        <source>{name} is missing.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>{name} fehlt.</translation>
    </message>
    <message>
        <source>{name} is not a regular file.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>{name} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: no permission.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>{path} lässt sich nicht schreiben: keine Berechtigung.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {reason}.</source>
        <extracomment>engine/files.py</extracomment>
        <translation>{path} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Give the passphrase when asked, or name a file that holds it in PUE_DESKTOP_PASSPHRASE_FILE.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Geben Sie die Passphrase ein, wenn Sie gefragt werden, oder nennen Sie in PUE_DESKTOP_PASSPHRASE_FILE eine Datei, die sie enthält.</translation>
    </message>
    <message>
        <source>Its first line is the passphrase.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Ihre erste Zeile ist die Passphrase.</translation>
    </message>
    <message>
        <source>Make it with: pue-desktop keys new {name}, or choose another.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Erzeugen Sie ihn mit: pue-desktop keys new {name}, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The key {name} is under a passphrase.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Der Schlüssel {name} ist mit einer Passphrase gesichert.</translation>
    </message>
    <message>
        <source>The passphrase of the key {name} is another one.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Die Passphrase des Schlüssels {name} ist eine andere.</translation>
    </message>
    <message>
        <source>There is a key called {name} already.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Es gibt schon einen Schlüssel namens {name}.</translation>
    </message>
    <message>
        <source>There is no key called {name}.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Es gibt keinen Schlüssel namens {name}.</translation>
    </message>
    <message>
        <source>Try again; without it the key can&apos;t be used.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Versuchen Sie es noch einmal; ohne sie ist der Schlüssel nicht verwendbar.</translation>
    </message>
    <message>
        <source>Use up to 40 letters, digits, spaces, dots, hyphens and underscores.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>Verwenden Sie bis zu 40 Buchstaben, Ziffern, Leerzeichen, Punkte, Bindestriche und Unterstriche.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be the name of a key.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>{name} kann kein Schlüssel heißen.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read as a passphrase.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>{path} lässt sich nicht als Passphrase lesen.</translation>
    </message>
    <message>
        <source>{path} holds no passphrase.</source>
        <extracomment>engine/identities.py</extracomment>
        <translation>{path} enthält keine Passphrase.</translation>
    </message>
    <message>
        <source>, or of a kind that can&apos;t be read here</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation> oder von einer Art, die hier nicht lesbar ist</translation>
    </message>
    <message>
        <source>HEIC can&apos;t be read here: install pi-heif (pip install pi-heif), or save it as PNG first</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>HEIC ist hier nicht lesbar: Installieren Sie pi-heif (pip install pi-heif), oder speichern Sie es zuvor als PNG</translation>
    </message>
    <message>
        <source>animations and files of several pages can&apos;t be protected; save each picture by itself</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>Animationen und Dateien mit mehreren Seiten lassen sich nicht schützen; speichern Sie jedes Bild für sich</translation>
    </message>
    <message>
        <source>it can&apos;t be read ({strerror})</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>es lässt sich nicht lesen ({strerror})</translation>
    </message>
    <message>
        <source>it has {st_size} GB, more than {max_bytes}</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>es hat {st_size} GB, mehr als {max_bytes}</translation>
    </message>
    <message>
        <source>it has {width} megapixels, more than {most_pixels}</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>es hat {width} Megapixel, mehr als {most_pixels}</translation>
    </message>
    <message>
        <source>it is damaged (it begins as a {known} file does, but its header can&apos;t be read)</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>es ist beschädigt (es beginnt wie eine {known}-Datei, aber sein Kopf ist nicht lesbar)</translation>
    </message>
    <message>
        <source>it is damaged{value} ({said})</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>es ist beschädigt{value} ({said})</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>it is not an image, or of a format that can&apos;t be protected</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>es ist kein Bild, oder von einem Format, das sich nicht schützen lässt</translation>
    </message>
    <message>
        <source>it is too small ({width}×{height}); at least {min_side} pixels a side are needed</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>es ist zu klein ({width}×{height}); mindestens {min_side} Bildpunkte je Seite sind nötig</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>the smaller or second pictures in the file are left out</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>die kleineren oder zweiten Bilder in der Datei werden ausgelassen</translation>
    </message>
    <message>
        <source>there is not enough memory to open it</source>
        <extracomment>engine/image_files.py</extracomment>
        <translation>der Speicher reicht nicht, um es zu öffnen</translation>
    </message>
    <message>
        <source>HSV colours can&apos;t be protected; convert it to RGB first</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>HSV-Farben lassen sich nicht schützen; wandeln Sie es zuvor in RGB um</translation>
    </message>
    <message>
        <source>floating-point pixels can&apos;t be protected; save it with 8 or 16 bits first</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>Gleitkomma-Bildpunkte lassen sich nicht schützen; speichern Sie es zuvor mit 8 oder 16 Bit</translation>
    </message>
    <message>
        <source>its Lab colours become RGB</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>seine Lab-Farben werden zu RGB</translation>
    </message>
    <message>
        <source>its print colours (CMYK) become RGB</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>seine Druckfarben (CMYK) werden zu RGB</translation>
    </message>
    <message>
        <source>its {bits}-bit values use only a sixteenth of their range, and 8 bits would lose the picture; stretch its contrast first</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>seine {bits}-Bit-Werte nutzen nur ein Sechzehntel ihres Bereichs, und mit 8 Bit ginge das Bild verloren; spreizen Sie zuvor seinen Kontrast</translation>
    </message>
    <message>
        <source>its {value} bits a channel become 8</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>seine {value} Bit je Kanal werden zu 8</translation>
    </message>
    <message>
        <source>one transparent colour of 16 bits can&apos;t be kept; save it with an alpha channel first</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>eine durchsichtige Farbe mit 16 Bit lässt sich nicht bewahren; speichern Sie es zuvor mit Alphakanal</translation>
    </message>
    <message>
        <source>pixels of 32 bits or with a sign can&apos;t be protected; save it with 8 or 16 bits first</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>Bildpunkte mit 32 Bit oder Vorzeichen lassen sich nicht schützen; speichern Sie es zuvor mit 8 oder 16 Bit</translation>
    </message>
    <message>
        <source>pixels of kind {mode} can&apos;t be protected</source>
        <extracomment>engine/image_kinds.py</extracomment>
        <translation>Bildpunkte der Art {mode} lassen sich nicht schützen</translation>
    </message>
    <message>
        <source>opening it takes longer than {seconds} seconds</source>
        <extracomment>engine/inspectors.py</extracomment>
        <translation>das Öffnen dauert länger als {seconds} Sekunden</translation>
    </message>
    <message>
        <source>the program that decodes it crashes on it</source>
        <extracomment>engine/inspectors.py</extracomment>
        <translation>das Programm, das es dekodiert, stürzt daran ab</translation>
    </message>
    <message>
        <source>It must be PEM, or base64 of the key&apos;s 32 bytes.</source>
        <extracomment>engine/keys.py</extracomment>
        <translation>Es muss PEM sein, oder Base64 der 32 Bytes des Schlüssels.</translation>
    </message>
    <message>
        <source>Restore it from a copy, or move it away to have a new one made.</source>
        <extracomment>engine/keys.py</extracomment>
        <translation>Stellen Sie ihn aus einer Kopie wieder her, oder legen Sie ihn beiseite, damit ein neuer entsteht.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <extracomment>engine/keys.py</extracomment>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read: {strerror}.</source>
        <extracomment>engine/keys.py</extracomment>
        <translation>{path} lässt sich nicht lesen: {strerror}.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be used as signing key: it is not a readable Ed25519 private key.</source>
        <extracomment>engine/keys.py</extracomment>
        <translation>{path} taugt nicht zum Signieren: Es ist kein lesbarer privater Ed25519-Schlüssel.</translation>
    </message>
    <message>
        <source>{path} is not an Ed25519 public key.</source>
        <extracomment>engine/keys.py</extracomment>
        <translation>{path} ist kein öffentlicher Ed25519-Schlüssel.</translation>
    </message>
    <message>
        <source>{path} is under another passphrase.</source>
        <extracomment>engine/keys.py</extracomment>
        <translation>{path} ist mit einer anderen Passphrase gesichert.</translation>
    </message>
    <message>
        <source>&apos;,&apos; expected after &apos;&quot;&apos;</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>nach „&quot;“ wird ein Komma erwartet</translation>
    </message>
    <message>
        <source>Check the path of the CSV file.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Prüfen Sie den Pfad der CSV-Datei.</translation>
    </message>
    <message>
        <source>Each line is the path of an image in the folder, a comma and a label.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Jede Zeile ist der Pfad eines Bildes im Ordner, ein Komma und ein Klassenname.</translation>
    </message>
    <message>
        <source>Give a CSV file of at most {max_bytes} MiB.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Geben Sie eine CSV-Datei von höchstens {max_bytes} MiB an.</translation>
    </message>
    <message>
        <source>Give a CSV file with one line for each image.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Geben Sie eine CSV-Datei mit einer Zeile für jedes Bild an.</translation>
    </message>
    <message>
        <source>Mend the lines listed.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Berichtigen Sie die aufgeführten Zeilen.</translation>
    </message>
    <message>
        <source>Save it again as “CSV UTF-8”.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Speichern Sie sie neu als „CSV UTF-8“.</translation>
    </message>
    <message>
        <source>The labels can&apos;t be read from {path}: {strerror}.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Die Klassennamen lassen sich nicht aus {path} lesen: {strerror}.</translation>
    </message>
    <message>
        <source>Write one line for each image: its path, a comma and a label.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Schreiben Sie eine Zeile für jedes Bild: seinen Pfad, ein Komma und einen Klassennamen.</translation>
    </message>
    <message>
        <source>a path and a label are needed, and there {value}</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Pfad und Klassenname sind nötig, und hier {value}</translation>
    </message>
    <message>
        <source>a quotation mark is opened and never closed</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>ein Anführungszeichen wird geöffnet und nie geschlossen</translation>
    </message>
    <message>
        <source>are {row} values</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>stehen {row} Werte</translation>
    </message>
    <message>
        <source>is 1 value</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>steht 1 Wert</translation>
    </message>
    <message>
        <source>it is not proper CSV ({error})</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>es ist kein richtiges CSV ({error})</translation>
    </message>
    <message>
        <source>it is not valid text (UTF-8)</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>es ist kein gültiger Text (UTF-8)</translation>
    </message>
    <message>
        <source>path and label are parted by a {other}; a comma is needed</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>Pfad und Klassenname sind durch {other} getrennt; nötig ist ein Komma</translation>
    </message>
    <message>
        <source>the label has a character that can&apos;t be shown ({label})</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>der Klassenname hat ein Zeichen, das sich nicht zeigen lässt ({label})</translation>
    </message>
    <message>
        <source>the label has more than {max_label} characters</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>der Klassenname hat mehr als {max_label} Zeichen</translation>
    </message>
    <message>
        <source>the label is empty</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>der Klassenname ist leer</translation>
    </message>
    <message>
        <source>the labels file does not name it</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>die Datei der Klassennamen nennt es nicht</translation>
    </message>
    <message>
        <source>the path is empty</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>der Pfad ist leer</translation>
    </message>
    <message>
        <source>there is no file {path} in the folder</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>im Ordner gibt es keine Datei {path}</translation>
    </message>
    <message>
        <source>there is text after a closing quotation mark</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>nach einem schließenden Anführungszeichen folgt Text</translation>
    </message>
    <message>
        <source>unexpected end of data</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>die Daten enden unerwartet</translation>
    </message>
    <message>
        <source>{count} of {name} can&apos;t be used.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>{count} von {name} sind nicht verwendbar.</translation>
    </message>
    <message>
        <source>{name} names no image.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>{name} nennt kein Bild.</translation>
    </message>
    <message>
        <source>{path} does not lie inside the folder</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>{path} liegt nicht im Ordner</translation>
    </message>
    <message>
        <source>{path} has a label already, in line {path2}</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>{path} hat schon einen Klassennamen, in Zeile {path2}</translation>
    </message>
    <message>
        <source>{path} is UTF-16, not UTF-8.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>{path} ist UTF-16, nicht UTF-8.</translation>
    </message>
    <message>
        <source>{path} is not a file.</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>{path} ist keine Datei.</translation>
    </message>
    <message>
        <source>{path} is not there: part folders by / instead of \</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>{path} gibt es nicht: Trennen Sie Ordner durch / statt \</translation>
    </message>
    <message>
        <source>{path} is too large for a table of labels ({st_size} MiB).</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>{path} ist zu groß für eine Tabelle von Klassennamen ({st_size} MiB).</translation>
    </message>
    <message>
        <source>“{path}” is not there: take the spaces away</source>
        <extracomment>engine/labels.py</extracomment>
        <translation>„{path}“ gibt es nicht: Entfernen Sie die Leerzeichen</translation>
    </message>
    <message>
        <source>Choose a folder of images, or a run folder.</source>
        <extracomment>engine/library.py</extracomment>
        <translation>Wählen Sie einen Bilderordner oder einen Laufordner.</translation>
    </message>
    <message>
        <source>Choose a folder that holds nothing but your images.</source>
        <extracomment>engine/library.py</extracomment>
        <translation>Wählen Sie einen Ordner, der nichts als Ihre Bilder enthält.</translation>
    </message>
    <message>
        <source>Delete it with your file manager.</source>
        <extracomment>engine/library.py</extracomment>
        <translation>Löschen Sie ihn mit Ihrer Dateiverwaltung.</translation>
    </message>
    <message>
        <source>Move your images elsewhere first.</source>
        <extracomment>engine/library.py</extracomment>
        <translation>Legen Sie zuerst Ihre Bilder woanders hin.</translation>
    </message>
    <message>
        <source>Open it with that version, or start a new run.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>Öffnen Sie ihn mit jener Version, oder beginnen Sie einen neuen Lauf.</translation>
    </message>
    <message>
        <source>does not distinguish</source>
        <extracomment>engine/library.py</extracomment>
        <translation>unterscheidet nicht</translation>
    </message>
    <message>
        <source>{path} holds the images that the run was made from, so it is not deleted.</source>
        <extracomment>engine/library.py</extracomment>
        <translation>{path} enthält die Bilder, aus denen der Lauf entstand, und wird darum nicht gelöscht.</translation>
    </message>
    <message>
        <source>{path} is not a run folder, so it is not deleted.</source>
        <extracomment>engine/library.py</extracomment>
        <translation>{path} ist kein Laufordner und wird darum nicht gelöscht.</translation>
    </message>
    <message>
        <source>{path} was made with settings of another version: {error}.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>{path} entstand mit Einstellungen einer anderen Version: {error}.</translation>
    </message>
    <message>
        <source>{source} contains the folder in which PUE Desktop keeps its runs ({home}).</source>
        <extracomment>engine/library.py</extracomment>
        <translation>{source} enthält den Ordner, in dem PUE Desktop seine Läufe ablegt ({home}).</translation>
    </message>
    <message>
        <source>A network did not learn the protected images it was shown: it knows {worst} of them, and guessing gets {chance}.</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Ein Netz hat die geschützten Bilder nicht gelernt, die ihm gezeigt wurden: Es kennt {worst} davon, und Raten trifft {chance}.</translation>
    </message>
    <message>
        <source>Not even from the unprotected images did a network learn: it knows {worst} of them, and guessing gets {chance}.</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Nicht einmal aus den ungeschützten Bildern hat ein Netz gelernt: Es kennt {worst} davon, und Raten trifft {chance}.</translation>
    </message>
    <message>
        <source>Take more training steps.</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Nehmen Sie mehr Trainingsschritte.</translation>
    </message>
    <message>
        <source>That little is learned may be for want of training.</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Dass wenig gelernt wird, kann am zu kurzen Training liegen.</translation>
    </message>
    <message>
        <source>These figures say nothing about the protection.</source>
        <extracomment>engine/certify.py</extracomment>
        <translation>Diese Zahlen sagen nichts über den Schutz.</translation>
    </message>
    <message>
        <source>All {looks} images in {folder} are the same picture.</source>
        <extracomment>engine/doubts.py</extracomment>
        <translation>Alle {looks} Bilder in {folder} sind dasselbe Bild.</translation>
    </message>
    <message>
        <source>Only {held} images are held out to measure with: a single one changes an accuracy by {value}.</source>
        <extracomment>engine/doubts.py</extracomment>
        <translation>Nur {held} Bilder sind zum Messen zurückgehalten: Ein einziges ändert eine Genauigkeit um {value}.</translation>
    </message>
    <message>
        <source>Take more images, or hold out more of them.</source>
        <extracomment>engine/doubts.py</extracomment>
        <translation>Nehmen Sie mehr Bilder, oder halten Sie mehr davon zurück.</translation>
    </message>
    <message>
        <source>Take one of each two out of the folder, or hold out both.</source>
        <extracomment>engine/doubts.py</extracomment>
        <translation>Nehmen Sie je eins der beiden aus dem Ordner, oder halten Sie beide zurück.</translation>
    </message>
    <message>
        <source>There is nothing to tell classes apart by: choose a folder of different images.</source>
        <extracomment>engine/doubts.py</extracomment>
        <translation>Es gibt nichts, woran sich Klassen unterscheiden ließen: Wählen Sie einen Ordner mit verschiedenen Bildern.</translation>
    </message>
    <message>
        <source>it is the same picture as {other}</source>
        <extracomment>engine/doubts.py</extracomment>
        <translation>es ist dasselbe Bild wie {other}</translation>
    </message>
    <message>
        <source>it looks nearly the same as {other}</source>
        <extracomment>engine/doubts.py</extracomment>
        <translation>es sieht fast genauso aus wie {other}</translation>
    </message>
    <message>
        <source>{alike} of {held} held-out images look the same as images to learn from, so what is measured on them can&apos;t be trusted.</source>
        <extracomment>engine/doubts.py</extracomment>
        <translation>{alike} von {held} zurückgehaltenen Bildern sehen aus wie Bilder, aus denen gelernt wird; was an ihnen gemessen wird, ist nicht verlässlich.</translation>
    </message>
    <message>
        <source>{source} is not a folder.</source>
        <extracomment>engine/library.py</extracomment>
        <translation>{source} ist kein Ordner.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read back: {error}.</source>
        <extracomment>engine/lossy.py</extracomment>
        <translation>{path} lässt sich nicht zurücklesen: {error}.</translation>
    </message>
    <message>
        <source>Measured: as {lossy} of quality {quality}, a typical file keeps {kept} of the protecting change, the worst {least_kept}.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Gemessen: Als {lossy} der Qualität {quality} behält eine typische Datei {kept} der schützenden Änderung, die schlechteste {least_kept}.</translation>
    </message>
    <message>
        <source>No pixel value of a file differs from the original by more than {largest} of 255.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>In keiner Datei weicht der Wert eines Bildpunkts um mehr als {largest} von 255 vom Original ab.</translation>
    </message>
    <message>
        <source>No pixel value of a file differs from the original by more than {largest} of 255; the typical likeness is {median_psnr_db} dB PSNR.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>In keiner Datei weicht der Wert eines Bildpunkts um mehr als {largest} von 255 vom Original ab; die typische Ähnlichkeit ist {median_psnr_db} dB PSNR.</translation>
    </message>
    <message>
        <source>Nothing is proved about the exported files, which hold other pixels.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Über die exportierten Dateien ist nichts bewiesen, sie enthalten andere Bildpunkte.</translation>
    </message>
    <message>
        <source>Nothing was changed before the images were compressed to {lossy}.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Bevor die Bilder zu {lossy} komprimiert wurden, wurde nichts verändert.</translation>
    </message>
    <message>
        <source>Of {images} images that it learned from, the certified network recognises {certified} as they were certified, {stored} as these files show them, and {originals} as they were without protection.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Von {images} Bildern, aus denen es gelernt hat, erkennt das zertifizierte Netz {certified} so, wie sie zertifiziert wurden, {stored} so, wie diese Dateien sie zeigen, und {originals} so, wie sie ohne Schutz waren.</translation>
    </message>
    <message>
        <source>So it can&apos;t be told whether what it learned to look for is still in the files.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Ob das, worauf es zu achten gelernt hat, noch in den Dateien steckt, lässt sich daher nicht sagen.</translation>
    </message>
    <message>
        <source>So most of what it learned to look for is gone from the files.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Das meiste von dem, worauf es zu achten gelernt hat, fehlt also in den Dateien.</translation>
    </message>
    <message>
        <source>So nearly all of what it learned to look for is still in the files.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Fast alles, worauf es zu achten gelernt hat, steckt also noch in den Dateien.</translation>
    </message>
    <message>
        <source>So only a part of what it learned to look for is still in the files.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Nur ein Teil von dem, worauf es zu achten gelernt hat, steckt also noch in den Dateien.</translation>
    </message>
    <message>
        <source>The certificate is about the images before they were compressed to {lossy}.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Das Zertifikat handelt von den Bildern, bevor sie zu {lossy} komprimiert wurden.</translation>
    </message>
    <message>
        <source>The exported files themselves: they are {format} and hold other pixels than the certified ones.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Die exportierten Dateien selbst: Sie sind {format} und enthalten andere Bildpunkte als die zertifizierten.</translation>
    </message>
    <message>
        <source>What compressing did to the protection was measured, not certified.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Was das Komprimieren mit dem Schutz machte, wurde gemessen, nicht zertifiziert.</translation>
    </message>
    <message>
        <source>What networks reach that learn from the files anew is another question; of it, the stress test&apos;s jpeg rows speak.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Was Netze erreichen, die neu aus den Dateien lernen, ist eine andere Frage; von ihr sprechen die jpeg-Zeilen des Stresstests.</translation>
    </message>
    <message>
        <source>Whether the certified network still sees the protection in the files was not measured.</source>
        <extracomment>engine/lossy_words.py</extracomment>
        <translation>Ob das zertifizierte Netz den Schutz in den Dateien noch sieht, wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>An attacker of the certified network&apos;s make ({named}), trained on the protected images from another start, ended {away} from it and reached {reached}, more than the {certified} certified at that radius.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Ein Angreifer von der Bauart des zertifizierten Netzes ({named}), von einem anderen Start aus auf den geschützten Bildern trainiert, endete {away} davon entfernt und erreichte {reached}, mehr als die bei diesem Radius zertifizierten {certified}.</translation>
    </message>
    <message>
        <source>An attacker of the certified network&apos;s make ({named}), trained on the protected images from another start, ended {away} from it and reached {reached}, no more than the {certified} certified at that radius.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Ein Angreifer von der Bauart des zertifizierten Netzes ({named}), von einem anderen Start aus auf den geschützten Bildern trainiert, endete {away} davon entfernt und erreichte {reached}, nicht mehr als die bei diesem Radius zertifizierten {certified}.</translation>
    </message>
    <message>
        <source>An attacker of the certified network&apos;s make ({named}), trained on the protected images from another start, ended {away} from it and reached {reached}.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Ein Angreifer von der Bauart des zertifizierten Netzes ({named}), von einem anderen Start aus auf den geschützten Bildern trainiert, endete {away} davon entfernt und erreichte {reached}.</translation>
    </message>
    <message>
        <source>Attackers of another make have other weights: there is no distance to tell.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Angreifer anderer Bauart haben andere Gewichte: Ein Abstand lässt sich nicht angeben.</translation>
    </message>
    <message>
        <source>Attackers saw the images at {size} by {size2} pixels, {part}; at other sizes they may reach more or less.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Angreifer sahen die Bilder mit {size} mal {size2} Bildpunkten, {part}; bei anderen Größen erreichen sie vielleicht mehr oder weniger.</translation>
    </message>
    <message>
        <source>Farther away, where nothing is certified, the best it found was {value} at {value2}.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Weiter außen, wo nichts zertifiziert ist, fand sie bestenfalls {value} bei {value2}.</translation>
    </message>
    <message>
        <source>From the originals that such an attacker has, without the images: {known}.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Aus den Originalen, die ein solcher Angreifer hat, ohne die Bilder: {known}.</translation>
    </message>
    <message>
        <source>That is no contradiction: the certificate bounds a share of random weights, not the best ones found by a search with clean images.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Das ist kein Widerspruch: Das Zertifikat begrenzt einen Anteil zufälliger Gewichte, nicht die besten, die eine Suche mit sauberen Bildern findet.</translation>
    </message>
    <message>
        <source>Within the certified radii a search with {searched} clean images found no weights above the curve: at most {accuracy} of {measured} others right, at {value}.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Innerhalb der zertifizierten Radien fand eine Suche mit {searched} sauberen Bildern keine Gewichte über der Kurve: höchstens {accuracy} von {measured} anderen richtig, bei {value}.</translation>
    </message>
    <message>
        <source>Within the certified radii, at {value}, a search with {searched} clean images found weights that get {accuracy} of {measured} others right; the curve is at {certified}.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>Innerhalb der zertifizierten Radien, bei {value}, fand eine Suche mit {searched} sauberen Bildern Gewichte, die {accuracy} von {measured} anderen richtig erkennen; die Kurve liegt bei {certified}.</translation>
    </message>
    <message>
        <source>each whole, squashed to a square</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>jedes ganz, zum Quadrat gestaucht</translation>
    </message>
    <message>
        <source>frozen statistics</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>eingefrorene Statistik</translation>
    </message>
    <message>
        <source>own statistics</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>eigene Statistik</translation>
    </message>
    <message>
        <source>the square in the middle of each</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>jeweils das Quadrat in der Mitte</translation>
    </message>
    <message>
        <source>{low} times the largest certified radius</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>das {low}fache des größten zertifizierten Radius</translation>
    </message>
    <message>
        <source>{low} to {high} times the largest certified radius</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>das {low}- bis {high}fache des größten zertifizierten Radius</translation>
    </message>
    <message>
        <source>{ordered} attackers of the certified network&apos;s make, trained on the protected images from other starts, ended {away} from it.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>{ordered} Angreifer von der Bauart des zertifizierten Netzes, von anderen Starts aus auf den geschützten Bildern trainiert, endeten {away} davon entfernt.</translation>
    </message>
    <message>
        <source>{ordered} attackers of the certified network&apos;s make, trained on the protected images from other starts, ended {away} from it; {under} of {ordered2} reached no more than the {certified} certified at that radius.</source>
        <extracomment>engine/measured_words.py</extracomment>
        <translation>{ordered} Angreifer von der Bauart des zertifizierten Netzes, von anderen Starts aus auf den geschützten Bildern trainiert, endeten {away} davon entfernt; {under} von {ordered2} erreichten nicht mehr als die bei diesem Radius zertifizierten {certified}.</translation>
    </message>
    <message>
        <source>Bands: each image&apos;s own waves of its class&apos;s length and direction, raised.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>Bands: in jedem Bild die eigenen Wellen von Länge und Richtung seiner Klasse, verstärkt.</translation>
    </message>
    <message>
        <source>EMN with a pattern of its own for every image.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>EMN mit einem eigenen Muster für jedes Bild.</translation>
    </message>
    <message>
        <source>EMN: error-minimising noise without weight noise, the baseline.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>EMN: fehlerminimierendes Rauschen ohne Gewichtsrauschen, der Vergleichsmaßstab.</translation>
    </message>
    <message>
        <source>LSP: large blocks of colour, one arrangement for each class.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>LSP: große Farbblöcke, eine Anordnung für jede Klasse.</translation>
    </message>
    <message>
        <source>OPS: a single pixel for each class, moved by epsilon at most; weak.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>OPS: ein einzelner Bildpunkt je Klasse, um höchstens Epsilon verändert; schwach.</translation>
    </message>
    <message>
        <source>PUE with a pattern of its own for every image.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>PUE mit einem eigenen Muster für jedes Bild.</translation>
    </message>
    <message>
        <source>PUE-B: noise on the weights of the surrogate only; takes 1.6 times as long.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>PUE-B: Rauschen nur auf den Gewichten des Ersatznetzes; dauert 1,6-mal so lange.</translation>
    </message>
    <message>
        <source>PUE: noise on the weights of the surrogate and while the perturbation is found.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>PUE: Rauschen auf den Gewichten des Ersatznetzes und beim Finden der Störung.</translation>
    </message>
    <message>
        <source>Random noise for each class: no protection, a control.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>Zufälliges Rauschen für jede Klasse: kein Schutz, eine Kontrolle.</translation>
    </message>
    <message>
        <source>TAP: makes a network take every image for the next class.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>TAP: lässt ein Netz jedes Bild für die nächste Klasse halten.</translation>
    </message>
    <message>
        <source>Choose another method.</source>
        <extracomment>engine/methods/waves.py</extracomment>
        <translation>Wählen Sie eine andere Methode.</translation>
    </message>
    <message>
        <source>This method can&apos;t tell {classes} classes apart: there are {most} sets of bands.</source>
        <extracomment>engine/methods/waves.py</extracomment>
        <translation>Diese Methode kann {classes} Klassen nicht unterscheiden: Es gibt {most} Sätze von Bändern.</translation>
    </message>
    <message>
        <source>Choose another method, or a larger working size.</source>
        <extracomment>engine/methods/ops.py</extracomment>
        <translation>Wählen Sie eine andere Methode oder eine größere Arbeitsgröße.</translation>
    </message>
    <message>
        <source>Each holds with its own confidence; that all of them hold, so that one may be picked, has at least {together} %.</source>
        <extracomment>engine/planner.py</extracomment>
        <translation>Jede gilt mit ihrer eigenen Konfidenz; dass alle gelten, man sich also eine aussuchen darf, hat mindestens {together} %.</translation>
    </message>
    <message>
        <source>PUE in blue, waves of each picture in red and green: survives more of what is done to images.</source>
        <extracomment>engine/methods/__init__.py</extracomment>
        <translation>PUE in Blau, Wellen jedes Bildes in Rot und Grün: übersteht mehr von dem, was mit Bildern gemacht wird.</translation>
    </message>
    <message>
        <source>One pixel can&apos;t tell {classes} classes apart: there are {places} ways to change one.</source>
        <extracomment>engine/methods/ops.py</extracomment>
        <translation>Ein Bildpunkt kann {classes} Klassen nicht unterscheiden: Es gibt {places} Arten, einen zu ändern.</translation>
    </message>
    <message>
        <source>The PDF holds several certificates.</source>
        <extracomment>engine/pdf.py</extracomment>
        <translation>Das PDF enthält mehrere Zertifikate.</translation>
    </message>
    <message>
        <source>The PDF is damaged or not a PDF.</source>
        <extracomment>engine/pdf.py</extracomment>
        <translation>Das PDF ist beschädigt oder keines.</translation>
    </message>
    <message>
        <source>Craft it again.</source>
        <extracomment>engine/perturbation.py</extracomment>
        <translation>Erstellen Sie sie neu.</translation>
    </message>
    <message>
        <source>The perturbation has no pattern for the image {image}.</source>
        <extracomment>engine/perturbation.py</extracomment>
        <translation>Die Störung hat kein Muster für das Bild {image}.</translation>
    </message>
    <message>
        <source>class-wise perturbation 1, epsilon_255</source>
        <extracomment>engine/perturbation.py</extracomment>
        <translation>class-wise perturbation 1, epsilon_255</translation>
    </message>
    <message>
        <source>sample-wise perturbation 1, epsilon_255</source>
        <extracomment>engine/perturbation.py</extracomment>
        <translation>sample-wise perturbation 1, epsilon_255</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read as a perturbation.</source>
        <extracomment>engine/perturbation.py</extracomment>
        <translation>{path} lässt sich nicht als Störung lesen.</translation>
    </message>
    <message>
        <source>{path} holds no valid perturbation.</source>
        <extracomment>engine/perturbation.py</extracomment>
        <translation>{path} enthält keine gültige Störung.</translation>
    </message>
    <message>
        <source>{path} is not a perturbation of this version.</source>
        <extracomment>engine/perturbation.py</extracomment>
        <translation>{path} ist keine Störung dieser Version.</translation>
    </message>
    <message>
        <source>Certify how learnable the protected images are.</source>
        <extracomment>engine/pipeline.py</extracomment>
        <translation>Zertifizieren, wie lernbar die geschützten Bilder sind.</translation>
    </message>
    <message>
        <source>Craft the perturbation.</source>
        <extracomment>engine/pipeline.py</extracomment>
        <translation>Die Störung erstellen.</translation>
    </message>
    <message>
        <source>Find the images and their classes.</source>
        <extracomment>engine/pipeline.py</extracomment>
        <translation>Die Bilder und ihre Klassen finden.</translation>
    </message>
    <message>
        <source>Let attackers train on the protected images.</source>
        <extracomment>engine/pipeline.py</extracomment>
        <translation>Angreifer auf den geschützten Bildern trainieren lassen.</translation>
    </message>
    <message>
        <source>Run {needed} first.</source>
        <extracomment>engine/pipeline.py</extracomment>
        <translation>Führen Sie zuerst {needed} aus.</translation>
    </message>
    <message>
        <source>Write the protected images and the certificate.</source>
        <extracomment>engine/pipeline.py</extracomment>
        <translation>Die geschützten Bilder und das Zertifikat schreiben.</translation>
    </message>
    <message>
        <source>already done</source>
        <extracomment>engine/pipeline.py</extracomment>
        <translation>schon fertig</translation>
    </message>
    <message>
        <source>{step} needs the result of {needed}, which is not there yet.</source>
        <extracomment>engine/pipeline.py</extracomment>
        <translation>{step} braucht das Ergebnis von {needed}, das noch nicht da ist.</translation>
    </message>
    <message>
        <source>Put it back or scan again.</source>
        <extracomment>engine/pixels.py</extracomment>
        <translation>Legen Sie es zurück oder lesen Sie neu ein.</translation>
    </message>
    <message>
        <source>{path} was fine when the folder was scanned, but now {error}.</source>
        <extracomment>engine/pixels.py</extracomment>
        <translation>{path} war beim Einlesen des Ordners in Ordnung, aber jetzt gilt: {error}.</translation>
    </message>
    <message>
        <source>The figure for images like these does not hold for a pick: the hold-out is the same each time.</source>
        <extracomment>engine/planner.py</extracomment>
        <translation>Die Angabe für ähnliche Bilder gilt nicht für eine Auswahl: Die Testbilder sind jedes Mal dieselben.</translation>
    </message>
    <message>
        <source>Weights were drawn for {tried} certifications in this run, this one included.</source>
        <extracomment>engine/planner.py</extracomment>
        <translation>In diesem Lauf wurden für {tried} Zertifizierungen Gewichte gezogen, diese eingeschlossen.</translation>
    </message>
    <message>
        <source>A small network at 32 pixels, photographs at 64: minutes on a laptop.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>Ein kleines Netz bei 32 Bildpunkten, Fotos bei 64: Minuten auf einem Laptop.</translation>
    </message>
    <message>
        <source>A working size of {size} is too small.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>Eine Arbeitsgröße von {size} ist zu klein.</translation>
    </message>
    <message>
        <source>Choose one of: {efforts}.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>Wählen Sie eines von: {efforts}.</translation>
    </message>
    <message>
        <source>Choose subtle, standard, strong or a number from 1 to 64.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>Wählen Sie subtle, standard, strong oder eine Zahl von 1 bis 64.</translation>
    </message>
    <message>
        <source>Effort {effort} is not known.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>Der Aufwand {effort} ist unbekannt.</translation>
    </message>
    <message>
        <source>ResNet-18 at 64 pixels: minutes on one GPU, a night on a CPU.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>ResNet-18 bei 64 Bildpunkten: Minuten auf einer GPU, eine Nacht auf einer CPU.</translation>
    </message>
    <message>
        <source>Strength {text} is not known.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>Die Stärke {text} ist unbekannt.</translation>
    </message>
    <message>
        <source>Take {least_size} to 256, or 0 to let it be.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>Nehmen Sie {least_size} bis 256, oder 0, um es zu überlassen.</translation>
    </message>
    <message>
        <source>The settings of the paper: hours on a GPU.</source>
        <extracomment>engine/plans.py</extracomment>
        <translation>Die Einstellungen des Fachartikels: Stunden auf einer GPU.</translation>
    </message>
    <message>
        <source>One attacker who trains as almost everybody does: a minute or two on a laptop.</source>
        <extracomment>engine/presets.py</extracomment>
        <translation>Ein Angreifer, der so trainiert wie fast alle: ein, zwei Minuten auf einem Laptop.</translation>
    </message>
    <message>
        <source>Two attackers, every countermeasure, three trainings each with intervals: about {times_as_long} times as long, so for a GPU, or a laptop that has days.</source>
        <extracomment>engine/presets.py</extracomment>
        <translation>Zwei Angreifer, jede Gegenmaßnahme, je drei Trainings mit Intervallen: etwa {times_as_long}-mal so lange, also für eine GPU oder einen Laptop, der Tage Zeit hat.</translation>
    </message>
    <message>
        <source>: every count is the same</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>: Jede Zählung ist gleich</translation>
    </message>
    <message>
        <source>; {differing} differ by up to {off} of {of} images, as may be on another machine</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>; {differing} weichen um bis zu {off} von {of} Bildern ab, was auf einem anderen Rechner vorkommen kann</translation>
    </message>
    <message>
        <source>Give the run folder of the export.</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>Geben Sie den Laufordner des Exports an.</translation>
    </message>
    <message>
        <source>The run folder has {labels} hold-out images, not {of}.</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>Der Laufordner hat {labels} zurückgehaltene Bilder, nicht {of}.</translation>
    </message>
    <message>
        <source>The {name} surrogate in the run folder is not the certified one: its weights differ.</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>Das Ersatznetz {name} im Laufordner ist nicht das zertifizierte: Seine Gewichte weichen ab.</translation>
    </message>
    <message>
        <source>The {name} surrogate is no longer in the run folder, or belongs to another certification.</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>Das Ersatznetz {name} ist nicht mehr im Laufordner oder gehört zu einer anderen Zertifizierung.</translation>
    </message>
    <message>
        <source>{chosen} draws of the {name} surrogate were evaluated again{more}.</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>{chosen} Ziehungen des Ersatznetzes {name} wurden erneut ausgewertet{more}.</translation>
    </message>
    <message>
        <source>{folder} holds no finished certification.</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>{folder} enthält keine abgeschlossene Zertifizierung.</translation>
    </message>
    <message>
        <source>{wrong} of {chosen} draws of the {name} surrogate, evaluated again, have other counts than the certificate says (up to {off} of {of} images off).</source>
        <extracomment>engine/recompute.py</extracomment>
        <translation>{wrong} von {chosen} Ziehungen des Ersatznetzes {name} haben, erneut ausgewertet, andere Zählungen, als das Zertifikat sagt (bis zu {off} von {of} Bildern Abweichung).</translation>
    </message>
    <message>
        <source>Choose one of: {known}.</source>
        <extracomment>engine/registry.py</extracomment>
        <translation>Wählen Sie eines von: {known}.</translation>
    </message>
    <message>
        <source>There is no {kind} called {name}.</source>
        <extracomment>engine/registry.py</extracomment>
        <translation>Es gibt nichts dieser Art ({kind}) namens {name}.</translation>
    </message>
    <message>
        <source>Another program is working on {path}.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>Ein anderes Programm arbeitet an {path}.</translation>
    </message>
    <message>
        <source>Choose a folder that PUE Desktop made.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>Wählen Sie einen Ordner, den PUE Desktop erstellt hat.</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>Wählen Sie einen neuen oder leeren Ordner.</translation>
    </message>
    <message>
        <source>Choose another run folder.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>Wählen Sie einen anderen Laufordner.</translation>
    </message>
    <message>
        <source>Restore it from a copy or start a new run.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>Stellen Sie es aus einer Kopie wieder her, oder beginnen Sie einen neuen Lauf.</translation>
    </message>
    <message>
        <source>Run the step before this one first.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>Führen Sie zuerst den Schritt davor aus.</translation>
    </message>
    <message>
        <source>Wait until it has ended, or choose another run folder.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>Warten Sie, bis es fertig ist, oder wählen Sie einen anderen Laufordner.</translation>
    </message>
    <message>
        <source>an older</source>
        <extracomment>engine/run.py</extracomment>
        <translation>einer älteren</translation>
    </message>
    <message>
        <source>{path} belongs to the image folder {source}, not to {value}.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>{path} gehört zum Bilderordner {source}, nicht zu {value}.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be opened: {message}</source>
        <extracomment>engine/run.py</extracomment>
        <translation>{path} lässt sich nicht öffnen: {message}</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read: {message}</source>
        <extracomment>engine/run.py</extracomment>
        <translation>{path} lässt sich nicht lesen: {message}</translation>
    </message>
    <message>
        <source>{path} can&apos;t become a run folder: it is not empty.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>{path} kann kein Laufordner werden: Er ist nicht leer.</translation>
    </message>
    <message>
        <source>{path} is damaged: {error}.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>{path} ist beschädigt: {error}.</translation>
    </message>
    <message>
        <source>{path} is not a run folder: it has no run.json.</source>
        <extracomment>engine/run.py</extracomment>
        <translation>{path} ist kein Laufordner: Er hat keine run.json.</translation>
    </message>
    <message>
        <source>{path} was written by {age} version of PUE Desktop (format {found}; this one reads {schema}).</source>
        <extracomment>engine/run.py</extracomment>
        <translation>{path} wurde von {age} Version von PUE Desktop geschrieben (Format {found}; diese liest {schema}).</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Apple-GPU</translation>
    </message>
    <message>
        <source>CPU, {value} threads</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>CPU, {value} Threads</translation>
    </message>
    <message>
        <source>Choose auto or cpu.</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Wählen Sie auto oder cpu.</translation>
    </message>
    <message>
        <source>Choose auto or one of: {usable}.</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Wählen Sie auto oder eines von: {usable}.</translation>
    </message>
    <message>
        <source>Device {name} can&apos;t be used: {reason}.</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Gerät {name} ist nicht verwendbar: {reason}.</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>NVIDIA-GPU</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>There is no device {name} here.</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Hier gibt es kein Gerät {name}.</translation>
    </message>
    <message>
        <source>What was reached is saved; start again to go on.</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Das Erreichte ist gespeichert; beginnen Sie erneut, um weiterzumachen.</translation>
    </message>
    <message>
        <source>deterministic algorithms only</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>nur deterministische Verfahren</translation>
    </message>
    <message>
        <source>float32, {names} with TF32</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>float32, {names} mit TF32</translation>
    </message>
    <message>
        <source>matrix products</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Matrixprodukte</translation>
    </message>
    <message>
        <source>no NVIDIA GPU with a working driver was found</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>es wurde keine NVIDIA-GPU mit funktionierendem Treiber gefunden</translation>
    </message>
    <message>
        <source>repeatable bit for bit with the same versions, processor and number of threads</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>Bit für Bit wiederholbar mit denselben Versionen, demselben Prozessor und derselben Zahl von Threads</translation>
    </message>
    <message>
        <source>the same draws of weights every time; sums may differ in the last bits</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>jedes Mal dieselben Gewichtsziehungen; Summen können in den letzten Bits abweichen</translation>
    </message>
    <message>
        <source>this build of PyTorch has no CUDA support</source>
        <extracomment>engine/runtime.py</extracomment>
        <translation>dieses PyTorch unterstützt kein CUDA</translation>
    </message>
    <message>
        <source>No number of draws suffices: the level needed is 1 to the last digit ({draws} draws were made).</source>
        <extracomment>engine/statistics.py</extracomment>
        <translation>Keine Zahl von Ziehungen genügt: Das nötige Niveau ist bis zur letzten Stelle 1 ({draws} Ziehungen wurden gemacht).</translation>
    </message>
    <message>
        <source>{needed} draws are needed at confidence {confidence}; {draws} were made.</source>
        <extracomment>engine/statistics.py</extracomment>
        <translation>Bei Konfidenz {confidence} sind {needed} Ziehungen nötig; {draws} wurden gemacht.</translation>
    </message>
    <message>
        <source>Certify them, then run the stress test again; its attackers are kept.</source>
        <extracomment>engine/stress.py</extracomment>
        <translation>Zertifizieren Sie sie und führen Sie den Stresstest dann erneut aus; seine Angreifer bleiben erhalten.</translation>
    </message>
    <message>
        <source>No search near the certified network: these images are not certified yet.</source>
        <extracomment>engine/stress.py</extracomment>
        <translation>Keine Suche nahe dem zertifizierten Netz: Diese Bilder sind noch nicht zertifiziert.</translation>
    </message>
    <message>
        <source>attacker {attacker} ({countermeasure}) on the {images}{again}{own}</source>
        <extracomment>engine/stress_attacks.py</extracomment>
        <translation>Angreifer {attacker} ({countermeasure}), Bilder: {images}{again}{own}</translation>
    </message>
    <message>
        <source>for its distance</source>
        <extracomment>engine/stress_attacks.py</extracomment>
        <translation>für seinen Abstand</translation>
    </message>
    <message>
        <source>own originals alone</source>
        <extracomment>engine/stress_attacks.py</extracomment>
        <translation>nur eigene Originale</translation>
    </message>
    <message>
        <source>No search near the certified network: the run folder holds it no more.</source>
        <extracomment>engine/stress_recovery.py</extracomment>
        <translation>Keine Suche nahe dem zertifizierten Netz: Der Laufordner enthält es nicht mehr.</translation>
    </message>
    <message>
        <source>No search near the certified network: too few images are held out.</source>
        <extracomment>engine/stress_recovery.py</extracomment>
        <translation>Keine Suche nahe dem zertifizierten Netz: Es sind zu wenige Bilder zurückgehalten.</translation>
    </message>
    <message>
        <source>searching near the certified network</source>
        <extracomment>engine/stress_recovery.py</extracomment>
        <translation>Suche nahe dem zertifizierten Netz</translation>
    </message>
    <message>
        <source>Any classifier of torchvision by its name there, such as torchvision:mobilenet_v3_small.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>Jeder Klassifikator von torchvision unter seinem Namen dort, etwa torchvision:mobilenet_v3_small.</translation>
    </message>
    <message>
        <source>DenseNet-121, 7 million weights: for GPUs.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>DenseNet-121, 7 Millionen Gewichte: für GPUs.</translation>
    </message>
    <message>
        <source>ResNet-18, 11 million weights: for GPUs.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>ResNet-18, 11 Millionen Gewichte: für GPUs.</translation>
    </message>
    <message>
        <source>ResNet-50, 24 million weights: for GPUs.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>ResNet-50, 24 Millionen Gewichte: für GPUs.</translation>
    </message>
    <message>
        <source>Small residual network, about 78,000 weights: for laptops.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>Kleines Residualnetz, etwa 78.000 Gewichte: für Laptops.</translation>
    </message>
    <message>
        <source>Small vision transformer, 2 million weights: an attacker without convolutions.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>Kleiner Vision-Transformer, 2 Millionen Gewichte: ein Angreifer ohne Faltungen.</translation>
    </message>
    <message>
        <source>The same with BatchNorm: for crafting.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>Dasselbe mit BatchNorm: zum Erstellen.</translation>
    </message>
    <message>
        <source>VGG-11 with BatchNorm, 9 million weights: for GPUs.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>VGG-11 mit BatchNorm, 9 Millionen Gewichte: für GPUs.</translation>
    </message>
    <message>
        <source>VGG-like network with GroupNorm: an attacker unlike the surrogates.</source>
        <extracomment>engine/surrogates/__init__.py</extracomment>
        <translation>VGG-ähnliches Netz mit GroupNorm: ein Angreifer, der den Ersatznetzen nicht gleicht.</translation>
    </message>
    <message>
        <source>Choose a larger working size.</source>
        <extracomment>engine/surrogates/torchvision_networks.py</extracomment>
        <translation>Wählen Sie eine größere Arbeitsgröße.</translation>
    </message>
    <message>
        <source>Take a name from torchvision&apos;s list of classification models, such as mobilenet_v3_small.</source>
        <extracomment>engine/surrogates/torchvision_networks.py</extracomment>
        <translation>Nehmen Sie einen Namen aus der Liste der Klassifikationsmodelle von torchvision, etwa mobilenet_v3_small.</translation>
    </message>
    <message>
        <source>torchvision has no classifier called {name}.</source>
        <extracomment>engine/surrogates/torchvision_networks.py</extracomment>
        <translation>torchvision hat keinen Klassifikator namens {name}.</translation>
    </message>
    <message>
        <source>{name} does not take images of {size} × {size2} pixels.</source>
        <extracomment>engine/surrogates/torchvision_networks.py</extracomment>
        <translation>{name} nimmt keine Bilder von {size} × {size2} Bildpunkten an.</translation>
    </message>
    <message>
        <source>Choose a smaller learning rate.</source>
        <extracomment>engine/training.py</extracomment>
        <translation>Wählen Sie eine kleinere Lernrate.</translation>
    </message>
    <message>
        <source>The training went out of bounds: the loss is not a number.</source>
        <extracomment>engine/training.py</extracomment>
        <translation>Das Training ist entgleist: Der Verlust ist keine Zahl.</translation>
    </message>
    <message>
        <source>model.</source>
        <extracomment>engine/training.py</extracomment>
        <translation>model.</translation>
    </message>
    <message>
        <source>Ask the owner, over a way you trust, whether it is theirs.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Fragen Sie den Eigentümer auf einem Weg, dem Sie trauen, ob es seiner ist.</translation>
    </message>
    <message>
        <source>Draws are evaluated again from the run folder only.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Ziehungen werden nur aus dem Laufordner erneut ausgewertet.</translation>
    </message>
    <message>
        <source>Give a file, the key or its id.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Geben Sie eine Datei, den Schlüssel oder seine Kennung an.</translation>
    </message>
    <message>
        <source>Give the export folder, its certificate.pdf or its JSON.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Geben Sie den Exportordner, dessen certificate.pdf oder dessen JSON an.</translation>
    </message>
    <message>
        <source>It was signed with another key: {name}.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Es wurde mit einem anderen Schlüssel signiert: {name}.</translation>
    </message>
    <message>
        <source>Name it with --run.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Nennen Sie ihn mit --run.</translation>
    </message>
    <message>
        <source>Restore it from the owner.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Lassen Sie es sich vom Eigentümer wieder geben.</translation>
    </message>
    <message>
        <source>Signed with your own key {own}: {name}.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Mit Ihrem eigenen Schlüssel {own} signiert: {name}.</translation>
    </message>
    <message>
        <source>The public key is neither a file nor 64 hexadecimal digits.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Der öffentliche Schlüssel ist weder eine Datei noch 64 hexadezimale Ziffern.</translation>
    </message>
    <message>
        <source>The signer&apos;s key is {name}.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Der Schlüssel des Unterzeichners ist {name}.</translation>
    </message>
    <message>
        <source>There is no certificate inside {name}.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>In {name} ist kein Zertifikat.</translation>
    </message>
    <message>
        <source>There is no folder or file {path}.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>Es gibt weder Ordner noch Datei {path}.</translation>
    </message>
    <message>
        <source>{certificate_json} was changed after it was signed.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>{certificate_json} wurde nach dem Signieren geändert.</translation>
    </message>
    <message>
        <source>{name} was made by an early version, which did not sign the pages: rely on the certificate inside, not on what they show.</source>
        <extracomment>engine/verify.py</extracomment>
        <translation>{name} wurde von einer frühen Version erstellt, die die Seiten nicht signierte: Verlassen Sie sich auf das Zertifikat darin, nicht auf das, was sie zeigen.</translation>
    </message>
    <message>
        <source>A draw of a surrogate has more correct answers than there are images.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Eine Ziehung eines Ersatznetzes hat mehr richtige Antworten, als es Bilder gibt.</translation>
    </message>
    <message>
        <source>An image changed by more than epsilon.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Ein Bild änderte sich um mehr als Epsilon.</translation>
    </message>
    <message>
        <source>It gives an image a class that does not exist.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Es gibt einem Bild eine Klasse, die es nicht gibt.</translation>
    </message>
    <message>
        <source>It names a file outside the images of the export: {name}.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Es nennt eine Datei außerhalb der Bilder des Exports: {name}.</translation>
    </message>
    <message>
        <source>It names a file twice.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Es nennt eine Datei zweimal.</translation>
    </message>
    <message>
        <source>It states figures that its rules do not have.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Es nennt Zahlen, die seine Regeln nicht kennen.</translation>
    </message>
    <message>
        <source>The bound of the {surrogate} at η = {eta} does not follow from its counts.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Schranke bei η&#xa0;=&#xa0;{eta} ({surrogate}) folgt nicht aus ihren Zählungen.</translation>
    </message>
    <message>
        <source>The comparison of protected with unprotected images does not follow from their counts.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Der Vergleich geschützter mit ungeschützten Bildern folgt nicht aus ihren Zählungen.</translation>
    </message>
    <message>
        <source>The confidences of single bounds do not suffice for all of them at once.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Konfidenzen der einzelnen Schranken reichen nicht für alle zugleich.</translation>
    </message>
    <message>
        <source>The digest of all files does not fit the files it signs.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Prüfsumme aller Dateien passt nicht zu den Dateien, die es signiert.</translation>
    </message>
    <message>
        <source>The digest of all pixels does not fit the images it describes.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Prüfsumme aller Bildpunkte passt nicht zu den Bildern, die es beschreibt.</translation>
    </message>
    <message>
        <source>The exported images are not those that the certified surrogate learned from.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die exportierten Bilder sind nicht die, aus denen das zertifizierte Ersatznetz lernte.</translation>
    </message>
    <message>
        <source>The files it signs are not the images it describes.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Dateien, die es signiert, sind nicht die Bilder, die es beschreibt.</translation>
    </message>
    <message>
        <source>The key id it names is not that of its public key.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Schlüsselkennung, die es nennt, ist nicht die seines öffentlichen Schlüssels.</translation>
    </message>
    <message>
        <source>The largest change is not that of its images.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die größte Änderung ist nicht die seiner Bilder.</translation>
    </message>
    <message>
        <source>The number of hold-out images does not fit the classes.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Zahl der zurückgehaltenen Bilder passt nicht zu den Klassen.</translation>
    </message>
    <message>
        <source>The number of images held back does not fit the classes.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Zahl der nicht herausgegebenen Bilder passt nicht zu den Klassen.</translation>
    </message>
    <message>
        <source>The number of images of class {name} does not fit its images.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Zahl der Bilder der Klasse {name} passt nicht zu seinen Bildern.</translation>
    </message>
    <message>
        <source>The radii of the curves do not follow from its settings.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Radien der Kurven folgen nicht aus seinen Einstellungen.</translation>
    </message>
    <message>
        <source>The radii of the curves do not rise from 0.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Radien der Kurven steigen nicht von 0 an.</translation>
    </message>
    <message>
        <source>The setting epsilon_255 is not the one that was used.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Einstellung epsilon_255 ist nicht die verwendete.</translation>
    </message>
    <message>
        <source>The setting surrogate_seeds is not the one that was used.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Einstellung surrogate_seeds ist nicht die verwendete.</translation>
    </message>
    <message>
        <source>The setting {name} is not the one that was used.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Einstellung {name} ist nicht die verwendete.</translation>
    </message>
    <message>
        <source>The signal-to-noise ratios are not those of its images.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die Signal-Rausch-Abstände sind nicht die seiner Bilder.</translation>
    </message>
    <message>
        <source>The two curves have different radii.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die beiden Kurven haben verschiedene Radien.</translation>
    </message>
    <message>
        <source>The two surrogates were not measured alike.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Die beiden Ersatznetze wurden nicht gleich gemessen.</translation>
    </message>
    <message>
        <source>The verdict does not follow from the curves.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Das Urteil folgt nicht aus den Kurven.</translation>
    </message>
    <message>
        <source>What it says about abstaining does not follow from its curve.</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>Was es darüber sagt, ob eine Aussage möglich ist, folgt nicht aus seiner Kurve.</translation>
    </message>
    <message>
        <source>of seed {number}</source>
        <extracomment>engine/verify_evidence.py</extracomment>
        <translation>mit Startwert {number}</translation>
    </message>
    <message>
        <source>The digests of the originals contradict one another.</source>
        <extracomment>engine/verify_facts.py</extracomment>
        <translation>Die Prüfsummen der Originale widersprechen einander.</translation>
    </message>
    <message>
        <source>The digests of the originals of its images are missing.</source>
        <extracomment>engine/verify_facts.py</extracomment>
        <translation>Die Prüfsummen der Originale seiner Bilder fehlen.</translation>
    </message>
    <message>
        <source>The lock digest is not that of the versions it lists.</source>
        <extracomment>engine/verify_facts.py</extracomment>
        <translation>Die Prüfsumme der Versionen ist nicht die der aufgeführten.</translation>
    </message>
    <message>
        <source>The structural similarities are not those of its images.</source>
        <extracomment>engine/verify_facts.py</extracomment>
        <translation>Die strukturellen Ähnlichkeiten sind nicht die seiner Bilder.</translation>
    </message>
    <message>
        <source>The structural similarity of some of its images is missing.</source>
        <extracomment>engine/verify_facts.py</extracomment>
        <translation>Die strukturelle Ähnlichkeit einiger seiner Bilder fehlt.</translation>
    </message>
    <message>
        <source>; its pixels are the certified ones, its metadata changed</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>; seine Bildpunkte sind die zertifizierten, seine Metadaten haben sich geändert</translation>
    </message>
    <message>
        <source>The decoder here reads {otherwise} of the signed files a little differently from the owner&apos;s.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>Der Decoder hier liest {otherwise} der signierten Dateien ein wenig anders als der des Eigentümers.</translation>
    </message>
    <message>
        <source>it is a link, and links are not followed</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>es ist eine Verknüpfung, und solchen wird nicht gefolgt</translation>
    </message>
    <message>
        <source>{certificate_pdf} is not the one that was written with the export.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{certificate_pdf} ist nicht die mit dem Export geschriebene Datei.</translation>
    </message>
    <message>
        <source>{manifest} and the certificate differ about {names} files; the first is {names2}.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{manifest} und das Zertifikat sind bei {names} Dateien uneins; die erste ist {names2}.</translation>
    </message>
    <message>
        <source>{manifest} belongs to another {certificate_json}.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{manifest} gehört zu einer anderen {certificate_json}.</translation>
    </message>
    <message>
        <source>{manifest} belongs to another {certificate_pdf}.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{manifest} gehört zu einer anderen {certificate_pdf}.</translation>
    </message>
    <message>
        <source>{manifest} is not a list of digests.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{manifest} ist keine Liste von Prüfsummen.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be checked: {trouble}.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{name} lässt sich nicht prüfen: {trouble}.</translation>
    </message>
    <message>
        <source>{name} holds the picture of {owner}.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{name} enthält das Bild von {owner}.</translation>
    </message>
    <message>
        <source>{name} is a file of the operating system, not an image.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{name} ist eine Datei des Betriebssystems, kein Bild.</translation>
    </message>
    <message>
        <source>{name} is not in the certificate.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{name} steht nicht im Zertifikat.</translation>
    </message>
    <message>
        <source>{name} is the signed file, but not the picture that was certified.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{name} ist die signierte Datei, aber nicht das zertifizierte Bild.</translation>
    </message>
    <message>
        <source>{name}: its pixels are not the certified ones.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{name}: Seine Bildpunkte sind nicht die zertifizierten.</translation>
    </message>
    <message>
        <source>{name}: the pixels are the certified ones, but the rest of the file changed (metadata, colour profile or compression).</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{name}: Die Bildpunkte sind die zertifizierten, aber der Rest der Datei hat sich geändert (Metadaten, Farbprofil oder Kompression).</translation>
    </message>
    <message>
        <source>{path} is missing.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{path} fehlt.</translation>
    </message>
    <message>
        <source>{path} is now called {name}{more}.</source>
        <extracomment>engine/verify_files.py</extracomment>
        <translation>{path} heißt jetzt {name}{more}.</translation>
    </message>
    <message>
        <source>It says that files hold other pixels than the certified ones, but not why.</source>
        <extracomment>engine/verify_lossy.py</extracomment>
        <translation>Es sagt, dass Dateien andere Bildpunkte als die zertifizierten enthalten, aber nicht, warum.</translation>
    </message>
    <message>
        <source>The format is not the one that was asked for.</source>
        <extracomment>engine/verify_lossy.py</extracomment>
        <translation>Das Format ist nicht das gewünschte.</translation>
    </message>
    <message>
        <source>What compressing did as a whole is not what it did to its images.</source>
        <extracomment>engine/verify_lossy.py</extracomment>
        <translation>Was das Komprimieren im Ganzen bewirkte, ist nicht, was es mit seinen Bildern machte.</translation>
    </message>
    <message>
        <source>What some of its files hold instead of the certified pixels is missing.</source>
        <extracomment>engine/verify_lossy.py</extracomment>
        <translation>Es fehlt, was einige seiner Dateien statt der zertifizierten Bildpunkte enthalten.</translation>
    </message>
    <message>
        <source>For {missing} images there is no original at hand; their change was not measured again.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>Für {missing} Bilder liegt kein Original vor; ihre Änderung wurde nicht nachgemessen.</translation>
    </message>
    <message>
        <source>The originals are the same pictures, but not byte for byte the same files as when they were protected.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>Die Originale sind dieselben Bilder, aber nicht Byte für Byte dieselben Dateien wie beim Schützen.</translation>
    </message>
    <message>
        <source>These originals are not the pictures that were protected.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>Diese Originale sind nicht die Bilder, die geschützt wurden.</translation>
    </message>
    <message>
        <source>before they were compressed to {lossy}</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>bevor sie zu {lossy} komprimiert wurden</translation>
    </message>
    <message>
        <source>{epsilon_255} was promised</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>{epsilon_255} waren zugesagt</translation>
    </message>
    <message>
        <source>{name} differs from {source} by {delta} of 255; at most {promised} was promised.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>{name} weicht von {source} um {delta} von 255 ab; höchstens {promised} waren zugesagt.</translation>
    </message>
    <message>
        <source>{name}: its difference to {source} is not the one that the certificate states.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>{name}: Sein Unterschied zu {source} ist nicht der, den das Zertifikat angibt.</translation>
    </message>
    <message>
        <source>{name}: its original can&apos;t be read: {error}.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>{name}: Sein Original lässt sich nicht lesen: {error}.</translation>
    </message>
    <message>
        <source>{name}: {source} is not its original; size or kind of pixels differ.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>{name}: {source} ist nicht sein Original; Größe oder Art der Bildpunkte weichen ab.</translation>
    </message>
    <message>
        <source>{originals} holds none of the originals: they are looked for by path and name.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>{originals} enthält keines der Originale: Gesucht wird nach Pfad und Name.</translation>
    </message>
    <message>
        <source>{path}: its original has a name that leads out of the folder.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>{path}: Sein Original hat einen Namen, der aus dem Ordner hinausführt.</translation>
    </message>
    <message>
        <source>it was changed after the owner&apos;s key signed it</source>
        <extracomment>engine/verify_pdf.py</extracomment>
        <translation>es wurde geändert, nachdem der Schlüssel des Eigentümers es signiert hatte</translation>
    </message>
    <message>
        <source>the certificate inside it is not the {certificate_json} beside it</source>
        <extracomment>engine/verify_pdf.py</extracomment>
        <translation>das Zertifikat darin ist nicht die {certificate_json} daneben</translation>
    </message>
    <message>
        <source>the key that signed the certificate did not sign these pages, so they may say anything</source>
        <extracomment>engine/verify_pdf.py</extracomment>
        <translation>der Schlüssel, der das Zertifikat signierte, hat diese Seiten nicht signiert, sie können also alles Mögliche sagen</translation>
    </message>
    <message>
        <source>there is no {certificate_json} inside it</source>
        <extracomment>engine/verify_pdf.py</extracomment>
        <translation>darin ist keine {certificate_json}</translation>
    </message>
    <message>
        <source>{certificate_pdf} is not there; {certificate_json} is what counts.</source>
        <extracomment>engine/verify_pdf.py</extracomment>
        <translation>{certificate_pdf} ist nicht da; es zählt {certificate_json}.</translation>
    </message>
    <message>
        <source>The distance of attacker {attacker} does not fit its curve.</source>
        <extracomment>engine/verify_recovery.py</extracomment>
        <translation>Der Abstand des Angreifers {attacker} passt nicht zu seiner Kurve.</translation>
    </message>
    <message>
        <source>The images searched and measured with are not its hold-out.</source>
        <extracomment>engine/verify_recovery.py</extracomment>
        <translation>Die Bilder, mit denen gesucht und gemessen wurde, sind nicht seine zurückgehaltenen.</translation>
    </message>
    <message>
        <source>The largest certified radius of the searches is not that of its curve.</source>
        <extracomment>engine/verify_recovery.py</extracomment>
        <translation>Der größte zertifizierte Radius der Suchen ist nicht der seiner Kurve.</translation>
    </message>
    <message>
        <source>The setting recovery_steps is not the one that was used.</source>
        <extracomment>engine/verify_recovery.py</extracomment>
        <translation>Die Einstellung recovery_steps ist nicht die verwendete.</translation>
    </message>
    <message>
        <source>What a search found at η = {eta} does not fit its curve and its images.</source>
        <extracomment>engine/verify_recovery.py</extracomment>
        <translation>Was eine Suche bei η&#xa0;=&#xa0;{eta} fand, passt nicht zu seiner Kurve und seinen Bildern.</translation>
    </message>
    <message>
        <source>NOT verified</source>
        <extracomment>engine/verify_report.py</extracomment>
        <translation>NICHT bestätigt</translation>
    </message>
    <message>
        <source>Only the certificate was verified: no images were looked at.</source>
        <extracomment>engine/verify_report.py</extracomment>
        <translation>Nur das Zertifikat wurde geprüft: Bilder wurden nicht angesehen.</translation>
    </message>
    <message>
        <source>The certificate itself says that it does not tell protected from unprotected images.</source>
        <extracomment>engine/verify_report.py</extracomment>
        <translation>Das Zertifikat sagt selbst, dass es geschützte nicht von ungeschützten Bildern unterscheidet.</translation>
    </message>
    <message>
        <source>The certificate itself says that nothing could be certified at the asked confidence.</source>
        <extracomment>engine/verify_report.py</extracomment>
        <translation>Das Zertifikat sagt selbst, dass sich bei der gewünschten Konfidenz nichts zertifizieren ließ.</translation>
    </message>
    <message>
        <source>There is no certificate to compare anything with.</source>
        <extracomment>engine/verify_report.py</extracomment>
        <translation>Es gibt kein Zertifikat, mit dem sich etwas vergleichen ließe.</translation>
    </message>
    <message>
        <source>{intact} of {images} images are exactly as signed.</source>
        <extracomment>engine/verify_report.py</extracomment>
        <translation>{intact} von {images} Bildern sind genau wie signiert.</translation>
    </message>
    <message>
        <source>… and {problems} more; --json lists all.</source>
        <extracomment>engine/verify_report.py</extracomment>
        <translation>… und {problems} weitere; --json führt alle auf.</translation>
    </message>
    <message>
        <source>Install pue-desktop again, or use run.</source>
        <extracomment>sample.py</extracomment>
        <translation>Installieren Sie pue-desktop erneut, oder verwenden Sie run.</translation>
    </message>
    <message>
        <source>The sample images are missing from this installation.</source>
        <extracomment>sample.py</extracomment>
        <translation>In dieser Installation fehlen die Beispielbilder.</translation>
    </message>
    <message>
        <source>It is left as it is; defaults are used.</source>
        <extracomment>settings.py</extracomment>
        <translation>Die Datei bleibt, wie sie ist; verwendet werden die Standardwerte.</translation>
    </message>
    <message>
        <source>They are kept as {backup}.</source>
        <extracomment>settings.py</extracomment>
        <translation>Sie sind als {backup} aufgehoben.</translation>
    </message>
    <message>
        <source>Your preferences could not be read.</source>
        <extracomment>settings.py</extracomment>
        <translation>Ihre Voreinstellungen ließen sich nicht lesen.</translation>
    </message>
    <message>
        <source>{path} belongs to a newer version of PUE Desktop.</source>
        <extracomment>settings.py</extracomment>
        <translation>{path} gehört zu einer neueren Version von PUE Desktop.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read ({strerror}).</source>
        <extracomment>settings.py</extracomment>
        <translation>{path} lässt sich nicht lesen ({strerror}).</translation>
    </message>
    <message>
        <source>a newer</source>
        <extracomment>terms</extracomment>
        <translation>einer neueren</translation>
    </message>
    <message>
        <source>abstained</source>
        <extracomment>terms</extracomment>
        <translation>keine Aussage</translation>
    </message>
    <message>
        <source>cancelled</source>
        <extracomment>terms</extracomment>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>distinguishes</source>
        <extracomment>terms</extracomment>
        <translation>unterscheidet</translation>
    </message>
    <message>
        <source>done</source>
        <extracomment>terms</extracomment>
        <translation>fertig</translation>
    </message>
    <message>
        <source>draft</source>
        <extracomment>terms</extracomment>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>failed</source>
        <extracomment>terms</extracomment>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>own originals alone, seed {value}</source>
        <extracomment>terms</extracomment>
        <translation>nur eigene Originale, Startwert {value}</translation>
    </message>
    <message>
        <source>paper</source>
        <extracomment>terms</extracomment>
        <translation>wie im Fachartikel</translation>
    </message>
    <message>
        <source>protected images</source>
        <extracomment>terms</extracomment>
        <translation>geschützte</translation>
    </message>
    <message>
        <source>protected images for its distance</source>
        <extracomment>terms</extracomment>
        <translation>geschützte, für seinen Abstand</translation>
    </message>
    <message>
        <source>protected images, seed {value}</source>
        <extracomment>terms</extracomment>
        <translation>geschützte, Startwert {value}</translation>
    </message>
    <message>
        <source>standard</source>
        <extracomment>terms</extracomment>
        <translation>Standard</translation>
    </message>
    <message>
        <source>standard ({epsilon_255} of 255)</source>
        <extracomment>terms</extracomment>
        <translation>Standard ({epsilon_255} von 255)</translation>
    </message>
    <message>
        <source>strong</source>
        <extracomment>terms</extracomment>
        <translation>stark</translation>
    </message>
    <message>
        <source>strong ({epsilon_255} of 255)</source>
        <extracomment>terms</extracomment>
        <translation>stark ({epsilon_255} von 255)</translation>
    </message>
    <message>
        <source>subtle</source>
        <extracomment>terms</extracomment>
        <translation>dezent</translation>
    </message>
    <message>
        <source>subtle ({epsilon_255} of 255)</source>
        <extracomment>terms</extracomment>
        <translation>dezent ({epsilon_255} von 255)</translation>
    </message>
    <message>
        <source>unprotected images</source>
        <extracomment>terms</extracomment>
        <translation>ungeschützte</translation>
    </message>
    <message>
        <source>unprotected images, seed {value}</source>
        <extracomment>terms</extracomment>
        <translation>ungeschützte, Startwert {value}</translation>
    </message>
    <message>
        <source>{epsilon_255} of 255</source>
        <extracomment>terms</extracomment>
        <translation>{epsilon_255} von 255</translation>
    </message>
    <message>
        <source>At most, at η = {eta}</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Höchstens, bei η&#xa0;=&#xa0;{eta}</translation>
    </message>
    <message>
        <source>Attacker {attacker}, {countermeasure}: best epoch</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Angreifer {attacker}, {countermeasure}: beste Epoche</translation>
    </message>
    <message>
        <source>Certificate</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Certificate&apos;s figures</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Zahlen des Zertifikats</translation>
    </message>
    <message>
        <source>Export</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Export</translation>
    </message>
    <message>
        <source>Guessing</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Raten</translation>
    </message>
    <message>
        <source>Images</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Largest change of a pixel, of 255</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Größte Änderung eines Bildpunkts, von 255</translation>
    </message>
    <message>
        <source>Mean change of a pixel, of 255</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Mittlere Änderung eines Bildpunkts, von 255</translation>
    </message>
    <message>
        <source>Protected images the surrogate gets wrong</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Geschützte Bilder, bei denen das Ersatznetz irrt</translation>
    </message>
    <message>
        <source>Protection</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>Reaches up to η</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Reicht bis η</translation>
    </message>
    <message>
        <source>Right without noise, originals</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Richtig ohne Rauschen, Originale</translation>
    </message>
    <message>
        <source>Right without noise, protected images</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Richtig ohne Rauschen, geschützte Bilder</translation>
    </message>
    <message>
        <source>Stress test</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Stresstest</translation>
    </message>
    <message>
        <source>Time</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Typical likeness (PSNR)</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Typische Ähnlichkeit (PSNR)</translation>
    </message>
    <message>
        <source>Unprotected at least, at η = {eta}</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Ungeschützt mindestens, bei η&#xa0;=&#xa0;{eta}</translation>
    </message>
    <message>
        <source>Verdict</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>What came of it</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>Was daraus wurde</translation>
    </message>
    <message>
        <source>{best_accuracy} (originals: {clean_best_accuracy})</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>{best_accuracy} (Originale: {clean_best_accuracy})</translation>
    </message>
    <message>
        <source>{images} in {classes} classes</source>
        <extracomment>ui/comparison.py</extracomment>
        <translation>{images} in {classes} Klassen</translation>
    </message>
    <message>
        <source>But made from your unprotected images, the same figure would be {value}, and {value2} points between them are asked for all along the curve.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Aber aus Ihren ungeschützten Bildern wäre derselbe Wert {value}, und verlangt sind entlang der ganzen Kurve {value2} Punkte Abstand.</translation>
    </message>
    <message>
        <source>For unprotected images there is no bound to compare it with.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Für ungeschützte Bilder gibt es keine Schranke zum Vergleich.</translation>
    </message>
    <message>
        <source>Made from your unprotected images, the same figure would be {value}.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Aus Ihren ungeschützten Bildern wäre derselbe Wert {value}.</translation>
    </message>
    <message>
        <source>More draws are needed for a statement about the whole curve.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Für eine Aussage über die ganze Kurve sind mehr Ziehungen nötig.</translation>
    </message>
    <message>
        <source>No attacker has been tried yet.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Noch wurde kein Angreifer erprobt.</translation>
    </message>
    <message>
        <source>No value can be certified: {correct} weight draws are too few for {q} of all networks at {confidence} confidence.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Es lässt sich kein Wert zertifizieren: {correct} Gewichtsziehungen sind zu wenige für {q} aller Netze bei {confidence} Konfidenz.</translation>
    </message>
    <message>
        <source>Of all networks whose weights lie within η = {eta} of {whose}, shaken by noise of σ = {sigma}, at least {q} recognise no more than {value} of the {of} clean images held out (guessing: {chance}); this holds with {confidence} confidence.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Von allen Netzen, deren Gewichte um höchstens η&#xa0;=&#xa0;{eta} von denen {whose} abweichen und mit Rauschen von σ&#xa0;=&#xa0;{sigma} geschüttelt werden, erkennen mindestens {q} nicht mehr als {value} der {of} sauberen zurückgehaltenen Bilder (Raten: {chance}); das gilt mit {confidence} Konfidenz.</translation>
    </message>
    <message>
        <source>Of other images like those held out, it is at most {value} at η = {eta}.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Bei anderen Bildern wie den zurückgehaltenen sind es höchstens {value} bei η&#xa0;=&#xa0;{eta}.</translation>
    </message>
    <message>
        <source>So the certificate does not distinguish protected from unprotected images: it does not show that the protection works.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Das Zertifikat unterscheidet also geschützte nicht von ungeschützten Bildern: Es zeigt nicht, dass der Schutz wirkt.</translation>
    </message>
    <message>
        <source>The best of the attackers tried ({attacker}, {countermeasure}) ended at {accuracy} ({best_accuracy} in its best epoch) instead of {clean_accuracy} from the originals.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Der beste der erprobten Angreifer ({attacker}, {countermeasure}) kam am Ende auf {accuracy} ({best_accuracy} in seiner besten Epoche) statt {clean_accuracy} aus den Originalen.</translation>
    </message>
    <message>
        <source>The certificate distinguishes.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Das Zertifikat unterscheidet.</translation>
    </message>
    <message>
        <source>The most dangerous attacker tried ({attacker}, {countermeasure}) learned nothing from the originals either, so that attack shows nothing.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Der gefährlichste der erprobten Angreifer ({attacker}, {countermeasure}) lernte auch aus den Originalen nichts, darum zeigt dieser Angriff nichts.</translation>
    </message>
    <message>
        <source>There are values for single η only.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Es gibt nur Werte für einzelne η.</translation>
    </message>
    <message>
        <source>This covers weights near the surrogate&apos;s only; networks that others train are measured, not certified.</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>Das gilt nur für Gewichte nahe denen des Ersatznetzes; Netze, die andere trainieren, werden gemessen, nicht zertifiziert.</translation>
    </message>
    <message>
        <source>at least {floor}</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>mindestens {floor}</translation>
    </message>
    <message>
        <source>the surrogate&apos;s</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>des Ersatznetzes</translation>
    </message>
    <message>
        <source>those of any of the {more} surrogates</source>
        <extracomment>ui/verdict.py</extracomment>
        <translation>eines der {more} Ersatznetze</translation>
    </message>
    <message>
        <source>Something could not be read.</source>
        <extracomment>workers/background.py</extracomment>
        <translation>Etwas ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>no answer</source>
        <extracomment>workers/command.py</extracomment>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>“{name}” did not work: {last}</source>
        <extracomment>workers/command.py</extracomment>
        <translation>„{name}“ ist fehlgeschlagen: {last}</translation>
    </message>
    <message>
        <source>“{name}” did not work: {value}.</source>
        <extracomment>workers/command.py</extracomment>
        <translation>„{name}“ ist fehlgeschlagen: {value}.</translation>
    </message>
    <message>
        <source>Something is still running.</source>
        <extracomment>workers/controller.py</extracomment>
        <translation>Es arbeitet noch etwas.</translation>
    </message>
    <message>
        <source>Stop it first, then open another folder.</source>
        <extracomment>workers/controller.py</extracomment>
        <translation>Brechen Sie es zuerst ab und öffnen Sie dann einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Close other programs or choose a smaller batch size, then continue.</source>
        <extracomment>workers/engine_thread.py</extracomment>
        <translation>Schließen Sie andere Programme oder wählen Sie eine kleinere Stapelgröße, und setzen Sie dann fort.</translation>
    </message>
    <message>
        <source>Something went wrong that should not: {name}{value}{text}</source>
        <extracomment>workers/engine_thread.py</extracomment>
        <translation>Etwas ist schiefgegangen, das nicht schiefgehen sollte: {name}{value}{text}</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <extracomment>workers/engine_thread.py</extracomment>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>This is a bug.</source>
        <extracomment>app.py</extracomment>
        <translation>Das ist ein Programmfehler.</translation>
    </message>
    <message>
        <source>Measured again on {deltas} images with their originals: no pixel value changed by more than {deltas2} of 255; {promised}.</source>
        <extracomment>engine/verify_originals.py</extracomment>
        <translation>An {deltas} Bildern mit ihren Originalen nachgemessen: Kein Bildpunktwert änderte sich um mehr als {deltas2} von 255; {promised}.</translation>
    </message>
    <message>
        <source>What was reached is saved.</source>
        <extracomment>workers/engine_thread.py</extracomment>
        <translation>Das Erreichte ist gespeichert.</translation>
    </message>
    <message>
        <source>What was reached is saved; please report it with the copied details.</source>
        <extracomment>workers/engine_thread.py</extracomment>
        <translation>Das Erreichte ist gespeichert; bitte melden Sie ihn mit den kopierten Einzelheiten.</translation>
    </message>
    <message>
        <source>Its images could not be read.</source>
        <extracomment>workers/folder_queue.py</extracomment>
        <translation>Seine Bilder ließen sich nicht lesen.</translation>
    </message>
</context>
<context>
    <name>ExportOutcome</name>
    <message>
        <source>When you have exported, the certificate is shown here.

The folder will hold the protected images, the certificate as PDF and as data, and a list of all digests, with which anybody can check the files. Originals stay where they are, unchanged.</source>
        <translation>Wenn Sie exportiert haben, wird hier das Zertifikat gezeigt.

Der Ordner enthält dann die geschützten Bilder, das Zertifikat als PDF und als Daten sowie eine Liste aller Prüfsummen, mit der alle die Dateien prüfen können. Die Originale bleiben, wo sie sind, unverändert.</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>Ordner &amp;öffnen</translation>
    </message>
    <message>
        <source>Open &amp;certificate</source>
        <translation>&amp;Zertifikat öffnen</translation>
    </message>
    <message>
        <source>&amp;Verify at once</source>
        <translation>Sofort &amp;prüfen</translation>
    </message>
    <message>
        <source>This folder is no longer there. Export again to have it again.</source>
        <translation>Diesen Ordner gibt es nicht mehr. Exportieren Sie erneut, um ihn wieder zu haben.</translation>
    </message>
    <message>
        <source>Made with earlier settings or images. Export again to bring it up to date.</source>
        <translation>Mit früheren Einstellungen oder Bildern erstellt. Exportieren Sie erneut, um es auf den neuesten Stand zu bringen.</translation>
    </message>
    <message>
        <source>Images: {}</source>
        <translation>Bilder: {}</translation>
    </message>
    <message>
        <source>Largest change of any pixel: {} of 255</source>
        <translation>Größte Änderung eines Bildpunkts: {} von 255</translation>
    </message>
    <message>
        <source>Typical likeness to the original: {} dB PSNR</source>
        <translation>Typische Ähnlichkeit mit dem Original: {} dB PSNR</translation>
    </message>
    <message>
        <source>Not exported, because they can&apos;t be protected: {}</source>
        <translation>Nicht exportiert, weil sie sich nicht schützen lassen: {}</translation>
    </message>
    <message>
        <source>Test images held back: {}</source>
        <translation>Nicht herausgegebene Testbilder: {}</translation>
    </message>
    <message>
        <source>In: {}</source>
        <translation>In: {}</translation>
    </message>
    <message>
        <source>These figures, and the certificate, are about the images before compression to JPEG. Nothing is proved about the files.</source>
        <translation>Diese Zahlen und das Zertifikat handeln von den Bildern vor dem Komprimieren zu JPEG. Über die Dateien ist nichts bewiesen.</translation>
    </message>
    <message>
        <source>Measured: a typical file keeps {typical} of the protecting change, the worst {worst}.</source>
        <translation>Gemessen: Eine typische Datei behält {typical} der schützenden Änderung, die schlechteste {worst}.</translation>
    </message>
    <message>
        <source>The network of the certificate recognises {certified} of the images as certified, {files} as these files, {originals} without protection. The nearer the second to the first, the more is left.</source>
        <translation>Das Netz des Zertifikats erkennt {certified} der Bilder, wie sie zertifiziert sind, {files} als diese Dateien, {originals} ohne Schutz. Je näher der zweite Wert am ersten, desto mehr ist übrig.</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Destination folder</source>
        <translation>Zielordner</translation>
    </message>
    <message>
        <source>A new or empty folder</source>
        <translation>Ein neuer oder leerer Ordner</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>Du&amp;rchsuchen …</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>&amp;Destination</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>Protect and e&amp;xport</source>
        <translation>Schützen und e&amp;xportieren</translation>
    </message>
    <message>
        <source>Continue the e&amp;xport</source>
        <translation>E&amp;xport fortsetzen</translation>
    </message>
    <message>
        <source>Open a folder of images first.</source>
        <translation>Öffnen Sie zuerst einen Ordner mit Bildern.</translation>
    </message>
    <message>
        <source>Working. The foot of the window says how far it is.</source>
        <translation>Arbeitet. Wie weit, steht am Fuß des Fensters.</translation>
    </message>
    <message>
        <source>The images are not protected and certified yet. That is done first.</source>
        <translation>Die Bilder sind noch nicht geschützt und zertifiziert. Das geschieht zuerst.</translation>
    </message>
    <message>
        <source>This export is up to date. With another setting or folder you can export again.</source>
        <translation>Dieser Export ist auf dem neuesten Stand. Mit einer anderen Einstellung oder einem anderen Ordner können Sie erneut exportieren.</translation>
    </message>
    <message>
        <source>The last export did not end. What was written is kept and checked; exporting goes on with it.</source>
        <translation>Der letzte Export wurde nicht fertig. Was geschrieben wurde, bleibt und wird geprüft; der nächste Export macht damit weiter.</translation>
    </message>
    <message>
        <source>Takes about {needed}; {free} are free there.</source>
        <translation>Braucht etwa {needed}; {free} sind dort frei.</translation>
    </message>
    <message>
        <source>Not enough room: about {needed} needed, {free} free.</source>
        <translation>Nicht genug Platz: etwa {needed} nötig, {free} frei.</translation>
    </message>
    <message>
        <source>It will go into {}.</source>
        <translation>Er kommt nach {}.</translation>
    </message>
    <message>
        <source>The earlier export there is replaced; files of yours are kept.</source>
        <translation>Der frühere Export dort wird ersetzt; eigene Dateien von Ihnen bleiben.</translation>
    </message>
    <message>
        <source>Where to export</source>
        <translation>Wohin exportieren</translation>
    </message>
    <message>
        <source>{} lies inside the folder of your originals, or around it.</source>
        <translation>{} liegt im Ordner Ihrer Originale oder umschließt ihn.</translation>
    </message>
    <message>
        <source>Choose a folder beside it, so that protected and original images don&apos;t mix.</source>
        <translation>Wählen Sie einen Ordner daneben, damit sich geschützte Bilder und Originale nicht mischen.</translation>
    </message>
    <message>
        <source>{} could not be opened.</source>
        <translation>{} ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Look for it with your file manager.</source>
        <translation>Suchen Sie danach mit Ihrer Dateiverwaltung.</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>FindingsView</name>
    <message>
        <source>&amp;Copy as text</source>
        <translation>Als &amp;Text kopieren</translation>
    </message>
    <message>
        <source>Copy the report as text</source>
        <translation>Bericht als Text kopieren</translation>
    </message>
    <message>
        <source>Findings by file</source>
        <translation>Befunde nach Datei</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>In Worten</translation>
    </message>
    <message>
        <source>And {} more: copy the report to read them all.</source>
        <translation>Und {} weitere: Kopieren Sie den Bericht, um alle zu lesen.</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Signiert von</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>List of digests</source>
        <translation>Liste der Prüfsummen</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Metadata changed</source>
        <translation>Metadaten geändert</translation>
    </message>
    <message>
        <source>Pixels changed</source>
        <translation>Bildpunkte geändert</translation>
    </message>
    <message>
        <source>Swapped</source>
        <translation>Vertauscht</translation>
    </message>
    <message>
        <source>Renamed</source>
        <translation>Umbenannt</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Unlesbar</translation>
    </message>
    <message>
        <source>Size of the change</source>
        <translation>Größe der Änderung</translation>
    </message>
    <message>
        <source>Originals</source>
        <translation>Originale</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Kompression</translation>
    </message>
    <message>
        <source>Draws again</source>
        <translation>Ziehungen erneut</translation>
    </message>
</context>
<context>
    <name>FolderDialog</name>
    <message>
        <source>Several folders</source>
        <translation>Mehrere Ordner</translation>
    </message>
    <message>
        <source>Folders to protect</source>
        <translation>Zu schützende Ordner</translation>
    </message>
    <message>
        <source>&amp;Add a folder…</source>
        <translation>Ordner &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>Add all folders &amp;inside…</source>
        <translation>&amp;Enthaltene Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Add to the &amp;queue</source>
        <translation>In die &amp;Warteschlange</translation>
    </message>
    <message>
        <source>&amp;Protect them all</source>
        <translation>Alle &amp;schützen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>They are protected one after the other, all with the same settings: {}.</source>
        <translation>Sie werden nacheinander geschützt, alle mit denselben Einstellungen: {}.</translation>
    </message>
    <message>
        <source>Which folders of images shall be protected?</source>
        <translation>Welche Bilderordner sollen geschützt werden?</translation>
    </message>
    <message>
        <source>You can look at them and export them afterwards. Originals are only read.</source>
        <translation>Danach können Sie sie ansehen und exportieren. Originale werden nur gelesen.</translation>
    </message>
    <message>
        <source>Choose a folder of images</source>
        <translation>Bilderordner wählen</translation>
    </message>
    <message>
        <source>Choose the folder in which they lie</source>
        <translation>Wählen Sie den Ordner, in dem sie liegen</translation>
    </message>
</context>
<context>
    <name>GroupModel</name>
    <message>
        <source>Name (edit it)</source>
        <translation>Name (änderbar)</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>The most typical of them</source>
        <translation>Die typischsten davon</translation>
    </message>
</context>
<context>
    <name>GroupTable</name>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
</context>
<context>
    <name>GroupView</name>
    <message>
        <source>Number of groups</source>
        <translation>Anzahl der Gruppen</translation>
    </message>
    <message>
        <source>Group ag&amp;ain</source>
        <translation>&amp;Erneut gruppieren</translation>
    </message>
    <message>
        <source>Comparing the images</source>
        <translation>Bilder werden verglichen</translation>
    </message>
    <message>
        <source>Pictures of the group</source>
        <translation>Bilder der Gruppe</translation>
    </message>
    <message>
        <source>Group to move to</source>
        <translation>Zielgruppe</translation>
    </message>
    <message>
        <source>&amp;Move the selected pictures</source>
        <translation>Ausgewählte Bilder &amp;verschieben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Use these groups</source>
        <translation>Diese Gruppen &amp;übernehmen</translation>
    </message>
    <message>
        <source>The groups are a guess by colour and shape; the program does not know what is in the pictures. Rename them, move pictures that lie wrong, and give two groups the same name to make them one class.</source>
        <translation>Die Gruppen sind nach Farbe und Form geschätzt; das Programm weiß nicht, was auf den Bildern ist. Benennen Sie sie um, verschieben Sie falsch einsortierte Bilder und geben Sie zwei Gruppen denselben Namen, um eine Klasse daraus zu machen.</translation>
    </message>
    <message>
        <source>&amp;Number of groups</source>
        <translation>&amp;Anzahl der Gruppen</translation>
    </message>
    <message>
        <source>&amp;to group</source>
        <translation>&amp;in Gruppe</translation>
    </message>
    <message>
        <source>Groups by look</source>
        <translation>Gruppen nach Aussehen</translation>
    </message>
</context>
<context>
    <name>GuideBrowser</name>
    <message>
        <source>Page of the guide</source>
        <translation>Seite des Handbuchs</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Guide – PUE Desktop</source>
        <translation>Handbuch – PUE Desktop</translation>
    </message>
    <message>
        <source>Search the guide…</source>
        <translation>Im Handbuch suchen …</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>No section has these words.</source>
        <translation>Kein Abschnitt enthält diese Wörter.</translation>
    </message>
    <message>
        <source>The guide is written in English.</source>
        <translation>Das Handbuch ist auf Englisch geschrieben.</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vorwärts</translation>
    </message>
    <message>
        <source>&amp;Contents</source>
        <translation>&amp;Inhalt</translation>
    </message>
    <message>
        <source>Sections found</source>
        <translation>Gefundene Abschnitte</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>HelpMenu</name>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>Show the &amp;tour</source>
        <translation>&amp;Rundgang zeigen</translation>
    </message>
    <message>
        <source>&amp;About PUE Desktop</source>
        <translation>&amp;Über PUE Desktop</translation>
    </message>
    <message>
        <source>The guide is missing from this installation.</source>
        <translation>In dieser Installation fehlt das Handbuch.</translation>
    </message>
    <message>
        <source>Install PUE Desktop again.</source>
        <translation>Installieren Sie PUE Desktop erneut.</translation>
    </message>
    <message>
        <source>From top to bottom</source>
        <translation>Von oben nach unten</translation>
    </message>
    <message>
        <source>These pages are the way from your images to a protected export. What is done is ticked here.</source>
        <translation>Diese Seiten führen von Ihren Bildern zum geschützten Export. Was fertig ist, hat hier ein Häkchen.</translation>
    </message>
    <message>
        <source>Your images</source>
        <translation>Ihre Bilder</translation>
    </message>
    <message>
        <source>Each folder is a class. Here you see what is in it, and what is left out and why.</source>
        <translation>Jeder Ordner ist eine Klasse. Hier sehen Sie, was darin ist, und was warum ausgelassen wird.</translation>
    </message>
    <message>
        <source>How strong</source>
        <translation>Wie stark</translation>
    </message>
    <message>
        <source>The stronger, the better it protects, and the more it shows. Look at your own images.</source>
        <translation>Je stärker, desto besser der Schutz, und desto sichtbarer. Sehen Sie es an Ihren eigenen Bildern.</translation>
    </message>
    <message>
        <source>Begin, pause, stop</source>
        <translation>Beginnen, anhalten, abbrechen</translation>
    </message>
    <message>
        <source>This button protects your images and measures how well that worked. Stopping loses nothing.</source>
        <translation>Dieser Knopf schützt Ihre Bilder und misst, wie gut das gelungen ist. Beim Abbrechen geht nichts verloren.</translation>
    </message>
    <message>
        <source>What it achieved</source>
        <translation>Was erreicht wurde</translation>
    </message>
    <message>
        <source>Two curves grow here. The distance between them is what the protection is worth.</source>
        <translation>Hier wachsen zwei Kurven. Ihr Abstand zeigt, was der Schutz wert ist.</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>Writes the protected images and the signed certificate. Your originals stay as they are.</source>
        <translation>Schreibt die geschützten Bilder und das signierte Zertifikat. Ihre Originale bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>PUE Desktop {}</source>
        <translation>PUE Desktop {}</translation>
    </message>
    <message>
        <source>Shares images without giving away what a model could learn from them, with a certificate.</source>
        <translation>Bilder weitergeben, ohne preiszugeben, was ein Modell daraus lernen könnte, mit Zertifikat.</translation>
    </message>
</context>
<context>
    <name>ImageCompare</name>
    <message>
        <source>Image to look at</source>
        <translation>Bild zum Ansehen</translation>
    </message>
    <message>
        <source>How much the difference is enlarged</source>
        <translation>Wie stark der Unterschied vergrößert wird</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Protected</source>
        <translation>Geschützt</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>B&amp;ild</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>&amp;Unterschied</translation>
    </message>
    <message>
        <source>Difference ×{}</source>
        <translation>Unterschied ×{}</translation>
    </message>
    <message>
        <source>Difference ×{} (at most {} of 255)</source>
        <translation>Unterschied ×{} (höchstens {} von 255)</translation>
    </message>
</context>
<context>
    <name>ImagesPage</name>
    <message>
        <source>Open re&amp;cent</source>
        <translation>Zu&amp;letzt geöffnet</translation>
    </message>
    <message>
        <source>Choose &amp;another folder…</source>
        <translation>&amp;Anderen Ordner wählen …</translation>
    </message>
    <message>
        <source>&amp;Next: protect</source>
        <translation>&amp;Weiter: schützen</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>There is no folder of images yet that these labels could be about.</source>
        <translation>Es ist noch kein Bilderordner geöffnet, zu dem diese Klassennamen gehören könnten.</translation>
    </message>
    <message>
        <source>Open the folder first, or drop folder and CSV file together.</source>
        <translation>Öffnen Sie zuerst den Ordner, oder ziehen Sie Ordner und CSV-Datei gemeinsam herein.</translation>
    </message>
    <message>
        <source>&amp;Classes</source>
        <translation>&amp;Klassen</translation>
    </message>
    <message>
        <source>P&amp;ictures</source>
        <translation>B&amp;ilder</translation>
    </message>
    <message>
        <source>Views of the images</source>
        <translation>Ansichten der Bilder</translation>
    </message>
    <message>
        <source>&amp;Left out ({})</source>
        <translation>Aus&amp;gelassen ({})</translation>
    </message>
    <message>
        <source>D&amp;uplicates ({})</source>
        <translation>Do&amp;ppelgänger ({})</translation>
    </message>
    <message>
        <source>{} images in {} classes: {} to learn from, {} held out to measure with.</source>
        <translation>{} Bilder in {} Klassen: {} zum Lernen, {} zum Messen zurückgehalten.</translation>
    </message>
    <message>
        <source>The images can&apos;t be used like this. The list says why.</source>
        <translation>So lassen sich die Bilder nicht verwenden. Die Liste sagt, warum.</translation>
    </message>
    <message>
        <source>The folder has not been read yet.</source>
        <translation>Der Ordner wurde noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Reading the images…</source>
        <translation>Bilder werden gelesen …</translation>
    </message>
</context>
<context>
    <name>InspectCanvas</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Class to show</source>
        <translation>Klasse, die gezeigt wird</translation>
    </message>
    <message>
        <source>The settings have changed since these patterns were made.</source>
        <translation>Seit diese Muster erstellt wurden, haben sich die Einstellungen geändert.</translation>
    </message>
    <message>
        <source>Here you see, pixel by pixel, what the protection does to your pictures.</source>
        <translation>Hier sehen Sie Bildpunkt für Bildpunkt, was der Schutz mit Ihren Bildern macht.</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Pre&amp;vious</source>
        <translation>V&amp;origes</translation>
    </message>
    <message>
        <source>Ne&amp;xt</source>
        <translation>Nä&amp;chstes</translation>
    </message>
    <message>
        <source>W&amp;orst</source>
        <translation>Schlimm&amp;stes</translation>
    </message>
    <message>
        <source>&amp;Typical</source>
        <translation>T&amp;ypisches</translation>
    </message>
    <message>
        <source>The picture that changed most visibly: lowest SSIM.</source>
        <translation>Das am sichtbarsten geänderte Bild: kleinster SSIM.</translation>
    </message>
    <message>
        <source>The picture in the middle between least and most visibly changed.</source>
        <translation>Das Bild in der Mitte zwischen am wenigsten und am meisten sichtbar geändert.</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>&amp;Anzeigen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Under the pointer</source>
        <translation>Unter dem Zeiger</translation>
    </message>
    <message>
        <source>What to inspect</source>
        <translation>Was Sie ansehen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Wheel or + and − zoom, 0 fits. Drag or arrow keys move; with Shift they move the pointer by a pixel, with Ctrl the line. Space blinks. Page Up and Page Down change the picture.</source>
        <translation>Mausrad oder + und − vergrößern und verkleinern, 0 passt ein. Ziehen oder Pfeiltasten verschieben; mit Umschalt bewegen sie den Zeiger um einen Bildpunkt, mit Strg die Linie. Die Leertaste blinkt um. Bild auf und Bild ab wechseln das Bild.</translation>
    </message>
    <message>
        <source>No pictures yet. Open a folder of images first.</source>
        <translation>Noch keine Bilder. Öffnen Sie zuerst einen Ordner mit Bildern.</translation>
    </message>
    <message>
        <source>Reading the protection…</source>
        <translation>Schutz wird gelesen …</translation>
    </message>
    <message>
        <source>The protection is being made. Once it is crafted, you can look at every picture here.</source>
        <translation>Der Schutz wird gerade erstellt. Danach können Sie hier jedes Bild ansehen.</translation>
    </message>
    <message>
        <source>Nothing is protected yet. Press “Protect these images” below, and look at every one here.</source>
        <translation>Noch ist nichts geschützt. Drücken Sie unten „Diese Bilder schützen“, dann können Sie hier jedes ansehen.</translation>
    </message>
    <message>
        <source>Go to I&amp;mages</source>
        <translation>Zu den B&amp;ildern</translation>
    </message>
    <message>
        <source>Go to &amp;Protect</source>
        <translation>Zu „S&amp;chützen“</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Alle Klassen</translation>
    </message>
    <message>
        <source>Protecting {}…</source>
        <translation>{} wird geschützt …</translation>
    </message>
    <message>
        <source>All {} pictures are measured.</source>
        <translation>Alle {} Bilder sind gemessen.</translation>
    </message>
    <message>
        <source>{0} of {1} pictures are measured so far.</source>
        <translation>Bisher sind {0} von {1} Bildern gemessen.</translation>
    </message>
</context>
<context>
    <name>InspectPainter</name>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Protected</source>
        <translation>Geschützt</translation>
    </message>
    <message>
        <source>Difference ×{}, grey where nothing changed</source>
        <translation>Unterschied ×{}, grau, wo sich nichts geändert hat</translation>
    </message>
    <message>
        <source>Change of 0 to {} of 255</source>
        <translation>Änderung von 0 bis {} von 255</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Open a folder of images to begin.</source>
        <translation>Öffnen Sie einen Ordner mit Bildern, um zu beginnen.</translation>
    </message>
    <message>
        <source>Progress of the whole job</source>
        <translation>Fortschritt der ganzen Arbeit</translation>
    </message>
    <message>
        <source>&amp;Protect these images</source>
        <translation>Diese Bilder &amp;schützen</translation>
    </message>
    <message>
        <source>P&amp;ause</source>
        <translation>Anh&amp;alten</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Paused. What was reached is kept.</source>
        <translation>Angehalten. Das Erreichte bleibt erhalten.</translation>
    </message>
    <message>
        <source>Stopping and saving what was reached…</source>
        <translation>Wird abgebrochen, das Erreichte wird gespeichert …</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>Fort&amp;setzen</translation>
    </message>
    <message>
        <source>It stopped because of an error. What was reached is saved.</source>
        <translation>Wegen eines Fehlers abgebrochen. Das Erreichte ist gespeichert.</translation>
    </message>
    <message>
        <source>Stopped. What was reached is saved; Continue goes on from there.</source>
        <translation>Abgebrochen. Das Erreichte ist gespeichert; „Fortsetzen“ macht dort weiter.</translation>
    </message>
    <message>
        <source>Everything is done.</source>
        <translation>Alles ist fertig.</translation>
    </message>
    <message>
        <source>Protected and certified. Ready to export.</source>
        <translation>Geschützt und zertifiziert. Bereit zum Exportieren.</translation>
    </message>
    <message>
        <source>The folder has not been read yet.</source>
        <translation>Der Ordner wurde noch nicht gelesen.</translation>
    </message>
    <message>
        <source>reading the images</source>
        <translation>Bilder lesen</translation>
    </message>
    <message>
        <source>crafting the protection</source>
        <translation>Schutz erstellen</translation>
    </message>
    <message>
        <source>certifying</source>
        <translation>zertifizieren</translation>
    </message>
    <message>
        <source>letting attackers try</source>
        <translation>Angreifer erproben</translation>
    </message>
    <message>
        <source>Still to do: {}.</source>
        <translation>Noch zu tun: {}.</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>Bilder lesen</translation>
    </message>
    <message>
        <source>Crafting the protection</source>
        <translation>Schutz erstellen</translation>
    </message>
    <message>
        <source>Certifying</source>
        <translation>Zertifizieren</translation>
    </message>
    <message>
        <source>Letting attackers try</source>
        <translation>Angreifer erproben</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>about {} left</source>
        <translation>noch etwa {}</translation>
    </message>
</context>
<context>
    <name>KeyPicker</name>
    <message>
        <source>Signed with</source>
        <translation>Signiert mit</translation>
    </message>
    <message>
        <source>&amp;New key…</source>
        <translation>&amp;Neuer Schlüssel …</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Save public key…</source>
        <translation>Öffentlichen Schlüssel &amp;speichern …</translation>
    </message>
    <message>
        <source>Save public key</source>
        <translation>Öffentlichen Schlüssel speichern</translation>
    </message>
    <message>
        <source>Signed &amp;with</source>
        <translation>Signiert &amp;mit</translation>
    </message>
    <message>
        <source> (under a passphrase)</source>
        <translation> (mit Passphrase)</translation>
    </message>
    <message>
        <source>Key {}…</source>
        <translation>Schlüssel {} …</translation>
    </message>
    <message>
        <source>The key is made with the first export and stays on this computer.</source>
        <translation>Der Schlüssel entsteht beim ersten Export und bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>This key is not on this computer.</source>
        <translation>Dieser Schlüssel ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Passphrase of the key “{}”:</source>
        <translation>Passphrase des Schlüssels „{}“:</translation>
    </message>
    <message>
        <source>Unlock the key</source>
        <translation>Schlüssel entsperren</translation>
    </message>
    <message>
        <source>Save the public key</source>
        <translation>Öffentlichen Schlüssel speichern</translation>
    </message>
</context>
<context>
    <name>LearningPlot</name>
    <message>
        <source>Learning curve</source>
        <translation>Lernkurve</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>recognised (%)</source>
        <translation>erkannt (%)</translation>
    </message>
    <message>
        <source>No epoch of this attack is over yet.</source>
        <translation>Noch ist keine Epoche dieses Angriffs vorbei.</translation>
    </message>
    <message>
        <source>Learning curve: {attacker}, {countermeasure}</source>
        <translation>Lernkurve: {attacker}, {countermeasure}</translation>
    </message>
    <message>
        <source>{line}: {last} after epoch {epoch}, {best} at best</source>
        <translation>{line}: {last} nach Epoche {epoch}, bestenfalls {best}</translation>
    </message>
    <message>
        <source>guessing</source>
        <translation>Raten</translation>
    </message>
    <message>
        <source>guessing: {chance}</source>
        <translation>Raten: {chance}</translation>
    </message>
    <message>
        <source>from protected images</source>
        <translation>aus geschützten Bildern</translation>
    </message>
    <message>
        <source>from the originals</source>
        <translation>aus den Originalen</translation>
    </message>
    <message>
        <source>from his own originals alone</source>
        <translation>nur aus eigenen Originalen</translation>
    </message>
</context>
<context>
    <name>LinePlot</name>
    <message>
        <source>{}: {} at {}</source>
        <translation>{}: {} bei {}</translation>
    </message>
</context>
<context>
    <name>LogPanel</name>
    <message>
        <source>&amp;Copy diagnostics</source>
        <translation>&amp;Diagnose kopieren</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>Open log &amp;folder</source>
        <translation>Protokoll&amp;ordner öffnen</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>Protokollordner öffnen</translation>
    </message>
    <message>
        <source>For whoever helps you: versions, devices, settings and the last lines. No images are in it.</source>
        <translation>Für alle, die Ihnen helfen: Versionen, Geräte, Einstellungen und die letzten Zeilen. Bilder sind nicht darin.</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation>Geräte werden gesucht …</translation>
    </message>
    <message>
        <source>The diagnostics are in the clipboard.</source>
        <translation>Die Diagnose ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Names of files may be in the log&apos;s lines: read them before you send them to somebody.</source>
        <translation>In den Zeilen des Protokolls können Dateinamen stehen: Lesen Sie sie, bevor Sie sie jemandem schicken.</translation>
    </message>
    <message>
        <source>{} could not be opened.</source>
        <translation>{} ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Look for it with your file manager.</source>
        <translation>Suchen Sie danach mit Ihrer Dateiverwaltung.</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
</context>
<context>
    <name>LookControls</name>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>All colours</source>
        <translation>Alle Farben</translation>
    </message>
    <message>
        <source>Red alone</source>
        <translation>Nur Rot</translation>
    </message>
    <message>
        <source>Green alone</source>
        <translation>Nur Grün</translation>
    </message>
    <message>
        <source>Blue alone</source>
        <translation>Nur Blau</translation>
    </message>
    <message>
        <source>How much the difference is enlarged</source>
        <translation>Wie stark der Unterschied vergrößert wird</translation>
    </message>
    <message>
        <source>Sp&amp;lit</source>
        <translation>Ge&amp;teilt</translation>
    </message>
    <message>
        <source>Original at the left, protected at the right; drag the line.</source>
        <translation>Links das Original, rechts geschützt; ziehen Sie die Linie.</translation>
    </message>
    <message>
        <source>Side b&amp;y side</source>
        <translation>&amp;Nebeneinander</translation>
    </message>
    <message>
        <source>Both at the same place and size.</source>
        <translation>Beide an derselben Stelle und in derselben Größe.</translation>
    </message>
    <message>
        <source>&amp;Blink</source>
        <translation>U&amp;mblinken</translation>
    </message>
    <message>
        <source>The space bar swaps original and protected.</source>
        <translation>Die Leertaste wechselt zwischen Original und geschützt.</translation>
    </message>
    <message>
        <source>Le&amp;ns</source>
        <translation>&amp;Lupe</translation>
    </message>
    <message>
        <source>Original and protected enlarged under the pointer.</source>
        <translation>Original und geschützt, vergrößert unter dem Zeiger.</translation>
    </message>
    <message>
        <source>D&amp;ifference</source>
        <translation>&amp;Unterschied</translation>
    </message>
    <message>
        <source>Protected minus original, around grey.</source>
        <translation>Geschützt minus Original, um Grau herum.</translation>
    </message>
    <message>
        <source>Heat &amp;map</source>
        <translation>&amp;Wärmebild</translation>
    </message>
    <message>
        <source>Where the change is large.</source>
        <translation>Wo die Änderung groß ist.</translation>
    </message>
    <message>
        <source>Fit the whole picture</source>
        <translation>Ganzes Bild einpassen</translation>
    </message>
    <message>
        <source>Colo&amp;ur</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>Enlarge &amp;difference</source>
        <translation>Unterschied &amp;vergrößern</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>&amp;200 %</source>
        <translation>&amp;200 %</translation>
    </message>
    <message>
        <source>Zoom {}</source>
        <translation>Zoom {}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;images…</source>
        <translation>&amp;Bilder öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;run…</source>
        <translation>&amp;Lauf öffnen …</translation>
    </message>
    <message>
        <source>Open re&amp;cent</source>
        <translation>Zu&amp;letzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>Arbeitet …</translation>
    </message>
    <message>
        <source>✔ Done</source>
        <translation>✔ Fertig</translation>
    </message>
    <message>
        <source>↻ Out of date</source>
        <translation>↻ Veraltet</translation>
    </message>
    <message>
        <source>◐ Half-way</source>
        <translation>◐ Angefangen</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Your images are protected and certified.</source>
        <translation>Ihre Bilder sind geschützt und zertifiziert.</translation>
    </message>
    <message>
        <source>Read on the Certify page what that means, then export them.</source>
        <translation>Lesen Sie auf der Seite „Zertifizieren“, was das bedeutet, und exportieren Sie sie dann.</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>Choose a folder of images</source>
        <translation>Bilderordner wählen</translation>
    </message>
    <message>
        <source>Open a run</source>
        <translation>Lauf öffnen</translation>
    </message>
    <message>
        <source>The folder {} was opened, with all its images.</source>
        <translation>Der Ordner {} wurde mit allen seinen Bildern geöffnet.</translation>
    </message>
    <message>
        <source>Work is still going on.</source>
        <translation>Es wird noch gearbeitet.</translation>
    </message>
    <message>
        <source>What was reached is saved, and can be continued another time.</source>
        <translation>Das Erreichte ist gespeichert und lässt sich ein andermal fortsetzen.</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>&amp;Abbrechen und schließen</translation>
    </message>
    <message>
        <source>&amp;Keep working</source>
        <translation>&amp;Weiterarbeiten</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
</context>
<context>
    <name>MessageCard</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>Ein&amp;zelheiten kopieren</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>NewKeyDialog</name>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Passphrase once more</source>
        <translation>Passphrase noch einmal</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Passphrase (optional)</source>
        <translation>&amp;Passphrase (freiwillig)</translation>
    </message>
    <message>
        <source>Once &amp;more</source>
        <translation>Noch &amp;einmal</translation>
    </message>
    <message>
        <source>A key shows that what you sign comes from the same hand. Keep a copy of it: a lost key can&apos;t be made again, and without its passphrase it is lost too.</source>
        <translation>Ein Schlüssel zeigt, dass alles, was Sie signieren, aus derselben Hand kommt. Bewahren Sie eine Kopie auf: Ein verlorener Schlüssel lässt sich nicht wiederherstellen, und ohne seine Passphrase ist er ebenfalls verloren.</translation>
    </message>
    <message>
        <source>Give it a name, such as that of your museum.</source>
        <translation>Geben Sie ihm einen Namen, etwa den Ihres Museums.</translation>
    </message>
    <message>
        <source>You have a key of that name already.</source>
        <translation>Sie haben schon einen Schlüssel mit diesem Namen.</translation>
    </message>
    <message>
        <source>The two passphrases are not the same.</source>
        <translation>Die beiden Passphrasen sind nicht gleich.</translation>
    </message>
</context>
<context>
    <name>OverlayPlot</name>
    <message>
        <source>{}, unprotected</source>
        <translation>{}, ungeschützt</translation>
    </message>
    <message>
        <source>{name}: {protected}; unprotected: {unprotected}</source>
        <translation>{name}: {protected}; ungeschützt: {unprotected}</translation>
    </message>
    <message>
        <source>no certificate</source>
        <translation>kein Zertifikat</translation>
    </message>
    <message>
        <source>at most {} at η {}, {} at η {}</source>
        <translation>höchstens {} bei η&#xa0;{}, {} bei η&#xa0;{}</translation>
    </message>
</context>
<context>
    <name>PatternGallery</name>
    <message>
        <source>Patterns</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Spectrum of the pattern</source>
        <translation>Spektrum des Musters</translation>
    </message>
    <message>
        <source>The pattern around grey: light adds, dark takes away</source>
        <translation>Das Muster um Grau herum: Helles fügt hinzu, Dunkles nimmt weg</translation>
    </message>
    <message>
        <source>Its spectrum: broad areas in the middle, fine texture outside; light is much</source>
        <translation>Sein Spektrum: große Flächen in der Mitte, feine Struktur außen; hell bedeutet viel</translation>
    </message>
    <message>
        <source>Every picture of a class gets the same pattern, stretched to its size.</source>
        <translation>Jedes Bild einer Klasse bekommt dasselbe Muster, auf seine Größe gestreckt.</translation>
    </message>
    <message>
        <source>Every picture has a pattern of its own.</source>
        <translation>Jedes Bild hat ein eigenes Muster.</translation>
    </message>
    <message>
        <source>The first {} are shown.</source>
        <translation>Die ersten {} werden gezeigt.</translation>
    </message>
    <message>
        <source>{0} × {0} pixels; changes by at most {1} of 255, by {2} on average.</source>
        <translation>{0} × {0} Bildpunkte; ändert um höchstens {1} von 255, im Mittel um {2}.</translation>
    </message>
</context>
<context>
    <name>PictureBrowser</name>
    <message>
        <source>Which pictures to show</source>
        <translation>Welche Bilder gezeigt werden</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>&amp;Anzeigen</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>Those to learn from</source>
        <translation>Die zum Lernen</translation>
    </message>
    <message>
        <source>Those held out</source>
        <translation>Die zurückgehaltenen</translation>
    </message>
    <message>
        <source>Files left out</source>
        <translation>Ausgelassene Dateien</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>to learn from</source>
        <translation>zum Lernen</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>zurückgehalten</translation>
    </message>
</context>
<context>
    <name>PictureFacts</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Largest change</source>
        <translation>Größte Änderung</translation>
    </message>
    <message>
        <source>Mean change</source>
        <translation>Mittlere Änderung</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>{} × {} pixels</source>
        <translation>{} × {} Bildpunkte</translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>nichts geändert</translation>
    </message>
    <message>
        <source>{} of 255</source>
        <translation>{} von 255</translation>
    </message>
</context>
<context>
    <name>PixelFacts</name>
    <message>
        <source>Pixel</source>
        <translation>Bildpunkt</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Protected</source>
        <translation>Geschützt</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
</context>
<context>
    <name>PlanHistory</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Planner</name>
    <message>
        <source>Too few draws: with this quantile and confidence at least {} are needed.</source>
        <translation>Zu wenige Ziehungen: Für dieses Quantil und diese Konfidenz sind mindestens {} nötig.</translation>
    </message>
    <message>
        <source>These draws certify a single η up to {}, but no curve as a whole. More draws do.</source>
        <translation>Diese Ziehungen zertifizieren ein einzelnes η bis {}, aber keine ganze Kurve. Mehr Ziehungen tun es.</translation>
    </message>
    <message>
        <source>These draws certify the whole curve up to η = {}, a single η up to {}.</source>
        <translation>Diese Ziehungen zertifizieren die ganze Kurve bis η&#xa0;=&#xa0;{}, ein einzelnes η bis {}.</translation>
    </message>
    <message>
        <source>Wanted η</source>
        <translation>Gewünschtes η</translation>
    </message>
    <message>
        <source>&amp;Use these draws</source>
        <translation>So viele Ziehungen &amp;nehmen</translation>
    </message>
    <message>
        <source>Use these draws</source>
        <translation>So viele Ziehungen nehmen</translation>
    </message>
    <message>
        <source>Wanted η, for the whole curve</source>
        <translation>Gewünschtes η, für die ganze Kurve</translation>
    </message>
    <message>
        <source>More than {} draws: out of reach.</source>
        <translation>Mehr als {} Ziehungen: unerreichbar.</translation>
    </message>
    <message>
        <source>takes {} draws</source>
        <translation>braucht {} Ziehungen</translation>
    </message>
    <message>
        <source>{}, about {} here</source>
        <translation>{}, hier etwa {}</translation>
    </message>
</context>
<context>
    <name>Plot</name>
    <message>
        <source>protected</source>
        <translation>geschützt</translation>
    </message>
    <message>
        <source>unprotected</source>
        <translation>ungeschützt</translation>
    </message>
    <message>
        <source>chance</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>&amp;Save this plot…</source>
        <translation>Dieses Diagramm &amp;speichern …</translation>
    </message>
    <message>
        <source>Save this plot</source>
        <translation>Dieses Diagramm speichern</translation>
    </message>
</context>
<context>
    <name>PreferencesPage</name>
    <message>
        <source>Strength of new runs</source>
        <translation>Stärke neuer Läufe</translation>
    </message>
    <message>
        <source>Effort of new runs</source>
        <translation>Aufwand neuer Läufe</translation>
    </message>
    <message>
        <source>Device of new runs</source>
        <translation>Gerät neuer Läufe</translation>
    </message>
    <message>
        <source>&amp;Begin with what I chose last</source>
        <translation>Mit meiner &amp;letzten Wahl beginnen</translation>
    </message>
    <message>
        <source>Where runs are kept</source>
        <translation>Wo Läufe liegen</translation>
    </message>
    <message>
        <source>Bro&amp;wse…</source>
        <translation>Durch&amp;suchen …</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language changes when PUE Desktop is started again.</source>
        <translation>Die Sprache wechselt, wenn PUE Desktop neu gestartet wird.</translation>
    </message>
    <message>
        <source>&amp;Keep the computer awake while something works</source>
        <translation>Rechner wach halten, s&amp;olange etwas arbeitet</translation>
    </message>
    <message>
        <source>&amp;Tell me when long work has ended and I look at something else</source>
        <translation>&amp;Melden, wenn lange Arbeit fertig ist und ich etwas anderes ansehe</translation>
    </message>
    <message>
        <source>&amp;Reset to defaults</source>
        <translation>Auf Standard &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Voreinstellungen</translation>
    </message>
    <message>
        <source>Kept at once, in {}</source>
        <translation>Sofort gespeichert, in {}</translation>
    </message>
    <message>
        <source>New runs</source>
        <translation>Neue Läufe</translation>
    </message>
    <message>
        <source>&amp;Strength</source>
        <translation>Stär&amp;ke</translation>
    </message>
    <message>
        <source>&amp;Effort</source>
        <translation>Auf&amp;wand</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>Gerä&amp;t</translation>
    </message>
    <message>
        <source>Runs that are there already stay where they are.</source>
        <translation>Schon vorhandene Läufe bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Kept &amp;in</source>
        <translation>&amp;Ablage</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>As far as the desktop lets itself be asked.</source>
        <translation>Soweit die Arbeitsumgebung das zulässt.</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>C&amp;ontrast</source>
        <translation>Ko&amp;ntrast</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>Where to keep runs</source>
        <translation>Wo Läufe liegen sollen</translation>
    </message>
    <message>
        <source>{} can&apos;t hold runs.</source>
        <translation>{} kann keine Läufe aufnehmen.</translation>
    </message>
    <message>
        <source>Choose a folder, with its whole path.</source>
        <translation>Wählen Sie einen Ordner, mit seinem ganzen Pfad.</translation>
    </message>
    <message>
        <source>All preferences are as they were at first.</source>
        <translation>Alle Voreinstellungen sind wie am Anfang.</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
</context>
<context>
    <name>PresetButtons</name>
    <message>
        <source>Preset: {name}</source>
        <translation>Vorgabe: {name}</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>Gründlich</translation>
    </message>
</context>
<context>
    <name>ProtectPage</name>
    <message>
        <source>Ad&amp;vanced settings</source>
        <translation>E&amp;rweiterte Einstellungen</translation>
    </message>
    <message>
        <source>Here you will see what the protection does to your images.</source>
        <translation>Hier werden Sie sehen, was der Schutz mit Ihren Bildern macht.</translation>
    </message>
    <message>
        <source>While the pattern is crafted, a network of the program&apos;s own learns from the images as they are just then. Its loss and its errors fall because the pattern makes the images easy: whoever finds them easy learns the pattern instead of the pictures. The mean change never exceeds the strength.</source>
        <translation>Während das Muster entsteht, lernt ein Netz des Programms aus den Bildern, wie sie gerade sind. Sein Verlust und seine Fehler sinken, weil das Muster die Bilder leicht macht: Wer sie leicht findet, lernt das Muster statt der Bilder. Die mittlere Änderung übersteigt nie die Stärke.</translation>
    </message>
    <message>
        <source>Protect</source>
        <translation>Schützen</translation>
    </message>
    <message>
        <source>S&amp;trength</source>
        <translation>Stär&amp;ke</translation>
    </message>
    <message>
        <source>&amp;Effort</source>
        <translation>Auf&amp;wand</translation>
    </message>
    <message>
        <source>Dev&amp;ice</source>
        <translation>Gerä&amp;t</translation>
    </message>
    <message>
        <source>Mean change of a pixel (of 255)</source>
        <translation>Mittlere Änderung eines Bildpunkts (von 255)</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Loss on protected images</source>
        <translation>Verlust auf geschützten Bildern</translation>
    </message>
    <message>
        <source>Share it gets wrong</source>
        <translation>Anteil der Fehler</translation>
    </message>
</context>
<context>
    <name>QueueBar</name>
    <message>
        <source>Folders waiting</source>
        <translation>Wartende Ordner</translation>
    </message>
    <message>
        <source>&amp;Leave out the rest</source>
        <translation>Die übrigen aus&amp;lassen</translation>
    </message>
    <message>
        <source>Leave out the rest</source>
        <translation>Die übrigen auslassen</translation>
    </message>
    <message>
        <source>Protect &amp;several folders…</source>
        <translation>&amp;Mehrere Ordner schützen …</translation>
    </message>
    <message numerus="yes">
        <source>Protect %Ln folder(s), one after the other?</source>
        <translation>
            <numerusform>%Ln Ordner schützen?</numerusform>
            <numerusform>%Ln Ordner schützen, einen nach dem anderen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Each gets a run of its own, all with the same settings: {}.</source>
        <translation>Jeder bekommt einen eigenen Lauf, alle mit denselben Einstellungen: {}.</translation>
    </message>
    <message>
        <source>You can look at them and export them afterwards. Originals are only read.</source>
        <translation>Danach können Sie sie ansehen und exportieren. Originale werden nur gelesen.</translation>
    </message>
    <message>
        <source>Several folders</source>
        <translation>Mehrere Ordner</translation>
    </message>
    <message>
        <source>&amp;Protect them all</source>
        <translation>Alle &amp;schützen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Folder {} of {}: {}.</source>
        <translation>Ordner {} von {}: {}.</translation>
    </message>
    <message>
        <source>Still to come: {}.</source>
        <translation>Noch ausstehend: {}.</translation>
    </message>
    <message>
        <source>{} of {} folders are protected.</source>
        <translation>{} von {} Ordnern sind geschützt.</translation>
    </message>
    <message>
        <source>Left out because you stopped: {}.</source>
        <translation>Ausgelassen, weil Sie abgebrochen haben: {}.</translation>
    </message>
    <message>
        <source>Look at each in the list of runs, then export it.</source>
        <translation>Sehen Sie sich jeden in der Liste der Läufe an und exportieren Sie ihn dann.</translation>
    </message>
    <message>
        <source>Show the &amp;runs</source>
        <translation>&amp;Läufe zeigen</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Diese Liste &amp;leeren</translation>
    </message>
    <message>
        <source>{} (not there any more)</source>
        <translation>{} (nicht mehr da)</translation>
    </message>
</context>
<context>
    <name>RefusedList</name>
    <message>
        <source>Cop&amp;y list</source>
        <translation>Liste &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Save list…</source>
        <translation>Liste &amp;speichern …</translation>
    </message>
    <message>
        <source>Copy this list of files</source>
        <translation>Diese Liste von Dateien kopieren</translation>
    </message>
    <message>
        <source>Save this list of files</source>
        <translation>Diese Liste von Dateien speichern</translation>
    </message>
    <message>
        <source>Nothing can be protected until this is mended.</source>
        <translation>Solange das nicht behoben ist, lässt sich nichts schützen.</translation>
    </message>
    <message>
        <source>None of these is protected or exported.</source>
        <translation>Nichts davon wird geschützt oder exportiert.</translation>
    </message>
    <message>
        <source>These are held out to measure with, but networks know them already: take one of each two away.</source>
        <translation>Sie sind zum Messen zurückgehalten, aber Netze kennen sie schon: Nehmen Sie je eins der beiden weg.</translation>
    </message>
    <message>
        <source>Held-out images that look the same as others</source>
        <translation>Zurückgehaltene Bilder, die aussehen wie andere</translation>
    </message>
    <message>
        <source>Files left out</source>
        <translation>Ausgelassene Dateien</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>Liste speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
</context>
<context>
    <name>RefusedModel</name>
    <message>
        <source>File or line</source>
        <translation>Datei oder Zeile</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>Warum es hier steht</translation>
    </message>
    <message>
        <source>{}, line {}</source>
        <translation>{}, Zeile {}</translation>
    </message>
</context>
<context>
    <name>RunModel</name>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Last worked on</source>
        <translation>Zuletzt bearbeitet</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>{}
open</source>
        <translation>{}
geöffnet</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>Attackers</source>
        <translation>Angreifer</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>✘ can&apos;t be opened</source>
        <translation>✘ nicht zu öffnen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>half-way</source>
        <translation>angefangen</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>✔ distinguishes</source>
        <translation>✔ unterscheidet</translation>
    </message>
    <message>
        <source>✘ does not
distinguish</source>
        <translation>✘ unterscheidet
nicht</translation>
    </message>
    <message>
        <source>– abstained</source>
        <translation>– keine Aussage</translation>
    </message>
</context>
<context>
    <name>RunTable</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>Search the runs</source>
        <translation>Läufe durchsuchen</translation>
    </message>
    <message>
        <source>Open &amp;another run…</source>
        <translation>&amp;Anderen Lauf öffnen …</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>New run with these &amp;settings</source>
        <translation>Neuer Lauf mit diesen &amp;Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Show &amp;folder</source>
        <translation>&amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>&amp;Choose a folder of images…</source>
        <translation>Bilder&amp;ordner wählen …</translation>
    </message>
    <message>
        <source>There are no runs yet.</source>
        <translation>Es gibt noch keine Läufe.</translation>
    </message>
    <message>
        <source>Every folder of images that you open gets a run. You find them all here.</source>
        <translation>Jeder Bilderordner, den Sie öffnen, bekommt einen Lauf. Hier finden Sie alle.</translation>
    </message>
    <message>
        <source>{}, {} on disk. New ones are kept in {}</source>
        <translation>{}, {} auf der Platte. Neue liegen in {}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln Lauf</numerusform>
            <numerusform>%Ln Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>Fort&amp;setzen</translation>
    </message>
    <message>
        <source>No run has these words in its names, settings or states.</source>
        <translation>Kein Lauf enthält diese Wörter in Namen, Einstellungen oder Zuständen.</translation>
    </message>
    <message>
        <source>Choose a run to open it, or two to compare them.</source>
        <translation>Wählen Sie einen Lauf, um ihn zu öffnen, oder zwei, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Compare shows what differs.</source>
        <translation>„Vergleichen“ zeigt die Unterschiede.</translation>
    </message>
    <message>
        <source>Two can be compared.</source>
        <translation>Zwei lassen sich vergleichen.</translation>
    </message>
    <message>
        <source>{} are chosen. {}</source>
        <translation>{} ausgewählt. {}</translation>
    </message>
    <message>
        <source>Run folder: {}</source>
        <translation>Laufordner: {}</translation>
    </message>
    <message>
        <source>It can&apos;t be opened: {}</source>
        <translation>Er lässt sich nicht öffnen: {}</translation>
    </message>
    <message>
        <source>Images: {}</source>
        <translation>Bilder: {}</translation>
    </message>
    <message>
        <source> ({} in {} classes)</source>
        <translation> ({} in {} Klassen)</translation>
    </message>
    <message>
        <source>Exported to: {}</source>
        <translation>Exportiert nach: {}</translation>
    </message>
    <message>
        <source>This is a new run with the same images and settings.</source>
        <translation>Das ist ein neuer Lauf mit denselben Bildern und Einstellungen.</translation>
    </message>
    <message>
        <source>Change what shall differ, then protect.</source>
        <translation>Ändern Sie, was anders sein soll, und schützen Sie dann.</translation>
    </message>
    <message>
        <source>{} could not be opened.</source>
        <translation>{} ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Look for it with your file manager.</source>
        <translation>Suchen Sie danach mit Ihrer Dateiverwaltung.</translation>
    </message>
    <message>
        <source>Your original images are not touched.</source>
        <translation>Ihre Originalbilder werden nicht angetastet.</translation>
    </message>
    <message>
        <source>Your original images in {} are not touched.</source>
        <translation>Ihre Originalbilder in {} werden nicht angetastet.</translation>
    </message>
    <message>
        <source>The exported images in {} stay, too.</source>
        <translation>Auch die exportierten Bilder in {} bleiben.</translation>
    </message>
    <message>
        <source>The protection it holds and the draws behind its certificate can&apos;t be brought back.</source>
        <translation>Der Schutz darin und die Ziehungen hinter seinem Zertifikat lassen sich nicht wiederherstellen.</translation>
    </message>
    <message>
        <source>Delete a run</source>
        <translation>Lauf löschen</translation>
    </message>
    <message>
        <source>Delete the run folder {} ({})?</source>
        <translation>Den Laufordner {} ({}) löschen?</translation>
    </message>
    <message>
        <source>&amp;Delete {}</source>
        <translation>{} &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Keep it</source>
        <translation>&amp;Behalten</translation>
    </message>
    <message>
        <source>Other files that were in it stay: {}</source>
        <translation>Andere Dateien, die darin waren, bleiben: {}</translation>
    </message>
    <message>
        <source>{} was deleted: {}.</source>
        <translation>{} wurde gelöscht: {}.</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>StrengthPictures</name>
    <message>
        <source>Subtle</source>
        <translation>Dezent</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Stark</translation>
    </message>
    <message>
        <source>Another i&amp;mage</source>
        <translation>Anderes B&amp;ild</translation>
    </message>
    <message>
        <source>Another image</source>
        <translation>Anderes Bild</translation>
    </message>
    <message>
        <source>How visible it will be</source>
        <translation>Wie sichtbar es sein wird</translation>
    </message>
    <message>
        <source>The middle of {} with a sample pattern; the crafted one will be as strong.</source>
        <translation>Die Mitte von {} mit einem Beispielmuster; das erstellte wird ebenso stark.</translation>
    </message>
    <message>
        <source>{} can&apos;t be shown: {}.</source>
        <translation>{} lässt sich nicht zeigen: {}.</translation>
    </message>
    <message>
        <source>Scan the folder again.</source>
        <translation>Lesen Sie den Ordner neu ein.</translation>
    </message>
</context>
<context>
    <name>StrengthSlider</name>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Subtle</source>
        <translation>Dezent</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Stark</translation>
    </message>
    <message>
        <source>Hardly visible, and the weakest protection.</source>
        <translation>Kaum sichtbar, und der schwächste Schutz.</translation>
    </message>
    <message>
        <source>A faint texture on smooth areas. Right for most images.</source>
        <translation>Eine schwache Struktur auf glatten Flächen. Richtig für die meisten Bilder.</translation>
    </message>
    <message>
        <source>A visible texture, and the best protection.</source>
        <translation>Eine sichtbare Struktur, und der beste Schutz.</translation>
    </message>
    <message>
        <source>Changes every pixel by at most {} of 255.</source>
        <translation>Ändert jeden Bildpunkt um höchstens {} von 255.</translation>
    </message>
</context>
<context>
    <name>StressMatrix</name>
    <message>
        <source>What attackers reached</source>
        <translation>Was Angreifer erreichten</translation>
    </message>
</context>
<context>
    <name>StressPage</name>
    <message>
        <source>&amp;Try these attackers</source>
        <translation>Diese Angreifer er&amp;proben</translation>
    </message>
    <message>
        <source>First protect the images: there is nothing to learn from yet.</source>
        <translation>Schützen Sie zuerst die Bilder: Noch gibt es nichts, woraus sich lernen ließe.</translation>
    </message>
    <message>
        <source>The protection has other settings now. Protect the images anew, then try again.</source>
        <translation>Der Schutz hat jetzt andere Einstellungen. Schützen Sie die Bilder neu und erproben Sie dann erneut.</translation>
    </message>
    <message>
        <source>The learning curve of the chosen attack appears here.</source>
        <translation>Hier erscheint die Lernkurve des gewählten Angriffs.</translation>
    </message>
    <message>
        <source>Stress test</source>
        <translation>Stresstest</translation>
    </message>
    <message>
        <source>What is tried</source>
        <translation>Was erprobt wird</translation>
    </message>
    <message>
        <source>Whoever takes your images may train another network, and may change the images first. Here such people are played: each network learns from the protected images, and for comparison from the originals; then it is asked about clean images it has never seen.</source>
        <translation>Wer Ihre Bilder nimmt, kann ein anderes Netz trainieren und die Bilder zuvor verändern. Hier wird das durchgespielt: Jedes Netz lernt aus den geschützten Bildern und zum Vergleich aus den Originalen; dann wird es nach sauberen Bildern gefragt, die es nie gesehen hat.</translation>
    </message>
    <message>
        <source>&amp;More stress test settings</source>
        <translation>&amp;Weitere Einstellungen des Stresstests</translation>
    </message>
    <message>
        <source>What does this mean?</source>
        <translation>Was bedeutet das?</translation>
    </message>
    <message>
        <source>&amp;What else was measured</source>
        <translation>Was &amp;außerdem gemessen wurde</translation>
    </message>
    <message>
        <source>Results of the stress test</source>
        <translation>Ergebnisse des Stresstests</translation>
    </message>
    <message>
        <source>Matri&amp;x</source>
        <translation>Matri&amp;x</translation>
    </message>
    <message>
        <source>All fi&amp;gures</source>
        <translation>Alle &amp;Zahlen</translation>
    </message>
    <message>
        <source>Sa&amp;ve plot…</source>
        <translation>&amp;Diagramm speichern …</translation>
    </message>
    <message>
        <source>Save plot</source>
        <translation>Diagramm speichern</translation>
    </message>
</context>
<context>
    <name>StressTable</name>
    <message>
        <source>All figures of the attackers</source>
        <translation>Alle Zahlen der Angreifer</translation>
    </message>
    <message>
        <source>Attacker</source>
        <translation>Angreifer</translation>
    </message>
    <message>
        <source>The network that learned from the images.</source>
        <translation>Das Netz, das aus den Bildern gelernt hat.</translation>
    </message>
    <message>
        <source>Countermeasure</source>
        <translation>Gegenmaßnahme</translation>
    </message>
    <message>
        <source>What was done to the images before learning.</source>
        <translation>Was vor dem Lernen mit den Bildern gemacht wurde.</translation>
    </message>
    <message>
        <source>Protected</source>
        <translation>Geschützt</translation>
    </message>
    <message>
        <source>Accuracy on clean images after learning from the protected ones.</source>
        <translation>Genauigkeit auf sauberen Bildern nach dem Lernen aus den geschützten.</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>Beste Epoche</translation>
    </message>
    <message>
        <source>The highest accuracy at any time while it learned.</source>
        <translation>Die höchste Genauigkeit irgendwann während des Lernens.</translation>
    </message>
    <message>
        <source>Originals</source>
        <translation>Originale</translation>
    </message>
    <message>
        <source>The same network after learning from the originals.</source>
        <translation>Dasselbe Netz nach dem Lernen aus den Originalen.</translation>
    </message>
    <message>
        <source>The highest accuracy at any time while it learned from those.</source>
        <translation>Die höchste Genauigkeit irgendwann während des Lernens aus jenen.</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>Accuracy of always naming the largest class.</source>
        <translation>Genauigkeit, wenn immer die größte Klasse genannt wird.</translation>
    </message>
</context>
<context>
    <name>StressTimes</name>
    <message>
        <source>How long these attackers take is measured as soon as nothing else runs.</source>
        <translation>Wie lange diese Angreifer brauchen, wird gemessen, sobald nichts anderes läuft.</translation>
    </message>
    <message>
        <source>These attackers take about {time} on this machine.</source>
        <translation>Diese Angreifer brauchen auf diesem Rechner etwa {time}.</translation>
    </message>
    <message>
        <source>These attackers take about {time} on this machine; about {left} of it is left.</source>
        <translation>Diese Angreifer brauchen auf diesem Rechner etwa {time}; davon bleiben etwa {left}.</translation>
    </message>
    <message>
        <source>These attackers take about {time} on this machine; all of it is done.</source>
        <translation>Diese Angreifer brauchen auf diesem Rechner etwa {time}; alles davon ist getan.</translation>
    </message>
    <message>
        <source>Quick: about {quick}; thorough: {thorough}.</source>
        <translation>Schnell: etwa {quick}; gründlich: {thorough}.</translation>
    </message>
</context>
<context>
    <name>StressWords</name>
    <message>
        <source>hardly anything</source>
        <translation>fast nichts</translation>
    </message>
    <message>
        <source>a little</source>
        <translation>wenig</translation>
    </message>
    <message>
        <source>much</source>
        <translation>viel</translation>
    </message>
    <message>
        <source>nearly all</source>
        <translation>fast alles</translation>
    </message>
    <message>
        <source>shows nothing</source>
        <translation>zeigt nichts</translation>
    </message>
    <message>
        <source>{figure}: {level}</source>
        <translation>{figure}: {level}</translation>
    </message>
    <message>
        <source>originals {figure}</source>
        <translation>Originale {figure}</translation>
    </message>
    <message>
        <source>{ended} of {all} trainings done</source>
        <translation>{ended} von {all} Trainings fertig</translation>
    </message>
    <message>
        <source>paused at {share}</source>
        <translation>angehalten bei {share}</translation>
    </message>
    <message>
        <source>learning… {share}</source>
        <translation>lernt … {share}</translation>
    </message>
    <message>
        <source>half-way</source>
        <translation>angefangen</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>noch nicht erprobt</translation>
    </message>
    <message>
        <source>{figure} so far</source>
        <translation>bisher {figure}</translation>
    </message>
    <message>
        <source>{doing}, {done}</source>
        <translation>{doing}, {done}</translation>
    </message>
    <message>
        <source>{attacker}, {countermeasure}: {state}.</source>
        <translation>{attacker}, {countermeasure}: {state}.</translation>
    </message>
    <message>
        <source>{attacker}, {countermeasure}: from the protected images it learned to recognise {best} of the clean images at its best moment, {end} at the end; from the originals {clean_best} and {clean_end}.</source>
        <translation>{attacker}, {countermeasure}: Aus den geschützten Bildern lernte es, im besten Augenblick {best} der sauberen Bilder zu erkennen, am Ende {end}; aus den Originalen {clean_best} und {clean_end}.</translation>
    </message>
    <message>
        <source>Guessing gets {chance}.</source>
        <translation>Raten erreicht {chance}.</translation>
    </message>
    <message>
        <source>Means of {n} trainings; ± is half a 95 % interval over them.</source>
        <translation>Mittelwerte aus {n} Trainings; ± ist ein halbes 95-%-Intervall darüber.</translation>
    </message>
    <message>
        <source>One training: how much chance is in it is not known; more trainings tell.</source>
        <translation>Ein Training: Wie viel Zufall darin steckt, ist unbekannt; mehr Trainings zeigen es.</translation>
    </message>
    <message>
        <source>No attacker tried so far learned anything from the originals either (at most {clean}, guessing gets {chance}). So this says nothing about the protection: give attackers more training steps, or more images.</source>
        <translation>Kein bisher erprobter Angreifer lernte etwas aus den Originalen (höchstens {clean}, Raten erreicht {chance}). Das sagt also nichts über den Schutz: Geben Sie Angreifern mehr Trainingsschritte oder mehr Bilder.</translation>
    </message>
    <message>
        <source>From the originals it gets {clean}; guessing gets {chance}.</source>
        <translation>Mit den Originalen erreicht es {clean}; Raten erreicht {chance}.</translation>
    </message>
    <message>
        <source>The best that any of them got from the originals so far is {clean}; guessing gets {chance}.</source>
        <translation>Das Beste, was bisher eines davon mit den Originalen erreicht hat, sind {clean}; Raten erreicht {chance}.</translation>
    </message>
    <message>
        <source>The most dangerous attack tried is {attacker} with {countermeasure}: a network that learned from your protected images recognises {best} of clean ones at its best.</source>
        <translation>Der gefährlichste versuchte Angriff ist {attacker} mit {countermeasure}: Ein Netz, das aus Ihren geschützten Bildern gelernt hat, erkennt bestenfalls {best} der sauberen.</translation>
    </message>
    <message>
        <source>So nobody tried here learned more than hardly anything from them.</source>
        <translation>Niemand, der hier erprobt wurde, lernte also mehr als fast nichts daraus.</translation>
    </message>
    <message>
        <source>So the protection takes away most of what can be learned.</source>
        <translation>Der Schutz nimmt also das meiste weg, was sich lernen lässt.</translation>
    </message>
    <message>
        <source>So the protection takes away some, but whoever does this still learns much.</source>
        <translation>Der Schutz nimmt also einiges weg, aber wer so vorgeht, lernt noch viel.</translation>
    </message>
    <message>
        <source>So against this attack the protection does next to nothing: more strength may help.</source>
        <translation>Gegen diesen Angriff bewirkt der Schutz also fast nichts: Mehr Stärke kann helfen.</translation>
    </message>
    <message>
        <source>Guessing gets {chance}. Learned from the protected images:</source>
        <translation>Raten erreicht {chance}. Aus den geschützten Bildern gelernt:</translation>
    </message>
    <message>
        <source>Learned from the protected images, between guessing ({chance}) and the best from the originals ({clean}):</source>
        <translation>Aus den geschützten Bildern gelernt, zwischen Raten ({chance}) und dem Besten aus den Originalen ({clean}):</translation>
    </message>
    <message>
        <source>Open a folder of images and protect them; then attackers can try.</source>
        <translation>Öffnen Sie einen Ordner mit Bildern und schützen Sie sie; dann können Angreifer es versuchen.</translation>
    </message>
    <message>
        <source>Stopping and saving what was reached…</source>
        <translation>Wird abgebrochen, das Erreichte wird gespeichert …</translation>
    </message>
    <message>
        <source>Paused. {ended} of {all} trainings are done.</source>
        <translation>Angehalten. {ended} von {all} Trainings sind fertig.</translation>
    </message>
    <message>
        <source>All {all} trainings are done. Now somebody searches near the certified network.</source>
        <translation>Alle {all} Trainings sind fertig. Jetzt wird nahe dem zertifizierten Netz gesucht.</translation>
    </message>
    <message>
        <source>Attackers are learning: {ended} of {all} trainings are done.</source>
        <translation>Angreifer lernen: {ended} von {all} Trainings sind fertig.</translation>
    </message>
    <message>
        <source>All {all} trainings are done. Measured, not certified.</source>
        <translation>Alle {all} Trainings sind fertig. Gemessen, nicht zertifiziert.</translation>
    </message>
    <message>
        <source>It stopped because of an error. {ended} of {all} trainings are done and kept; “Try these attackers” goes on from there.</source>
        <translation>Wegen eines Fehlers abgebrochen. {ended} von {all} Trainings sind fertig und bleiben; „Diese Angreifer erproben“ macht dort weiter.</translation>
    </message>
    <message>
        <source>Stopped half-way. {ended} of {all} trainings are done and kept; “Try these attackers” goes on from there.</source>
        <translation>Unterwegs abgebrochen. {ended} von {all} Trainings sind fertig und bleiben; „Diese Angreifer erproben“ macht dort weiter.</translation>
    </message>
    <message>
        <source>All {all} trainings are done; “Try these attackers” adds what is still to be found.</source>
        <translation>Alle {all} Trainings sind fertig; „Diese Angreifer erproben“ ergänzt, was noch zu finden ist.</translation>
    </message>
    <message>
        <source>Made with earlier settings or images; these figures are about those.</source>
        <translation>Mit früheren Einstellungen oder Bildern erstellt; diese Zahlen handeln von jenen.</translation>
    </message>
    <message>
        <source>{ended} of {all} trainings hold for these settings and are kept; the others are to do.</source>
        <translation>{ended} von {all} Trainings gelten für diese Einstellungen und bleiben; die übrigen stehen noch aus.</translation>
    </message>
    <message>
        <source>No attacker has been tried yet.</source>
        <translation>Noch wurde kein Angreifer erprobt.</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;End the tour</source>
        <translation>Rundgang be&amp;enden</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
</context>
<context>
    <name>VerdictBanner</name>
    <message>
        <source>✔ Verified</source>
        <translation>✔ Bestätigt</translation>
    </message>
    <message>
        <source>✘ Not verified</source>
        <translation>✘ Nicht bestätigt</translation>
    </message>
    <message>
        <source>The signature holds, and every figure follows from the evidence beside it.</source>
        <translation>Die Signatur stimmt, und jede Zahl folgt aus den Belegen daneben.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) were found.</source>
        <translation>
            <numerusform>%Ln Problem wurde gefunden.</numerusform>
            <numerusform>%Ln Probleme wurden gefunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>They are {}: what was proved is about the images before they were compressed to it.</source>
        <translation>Sie sind {}: Bewiesen ist etwas über die Bilder, bevor sie dazu komprimiert wurden.</translation>
    </message>
    <message>
        <source>The certificate itself says that nothing could be certified.</source>
        <translation>Das Zertifikat sagt selbst, dass sich nichts zertifizieren ließ.</translation>
    </message>
    <message>
        <source>The certificate itself says that it does not tell protected from unprotected images.</source>
        <translation>Das Zertifikat sagt selbst, dass es geschützte nicht von ungeschützten Bildern unterscheidet.</translation>
    </message>
</context>
<context>
    <name>VerifyPage</name>
    <message>
        <source>Choose a &amp;folder…</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <source>Choose a &amp;certificate…</source>
        <translation>&amp;Zertifikat wählen …</translation>
    </message>
    <message>
        <source>Signer&apos;s key</source>
        <translation>Schlüssel des Unterzeichners</translation>
    </message>
    <message>
        <source>A public key file or its id, if you know who must have signed</source>
        <translation>Datei eines öffentlichen Schlüssels oder seine Kennung, wenn Sie wissen, wer signiert haben muss</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>Du&amp;rchsuchen …</translation>
    </message>
    <message>
        <source>Browse for the signer&apos;s key</source>
        <translation>Schlüssel des Unterzeichners suchen</translation>
    </message>
    <message>
        <source>Originals</source>
        <translation>Originale</translation>
    </message>
    <message>
        <source>Their folder, if they are yours: measures the change again</source>
        <translation>Ihr Ordner, wenn es Ihre sind: misst die Änderung noch einmal</translation>
    </message>
    <message>
        <source>B&amp;rowse…</source>
        <translation>Durch&amp;suchen …</translation>
    </message>
    <message>
        <source>Browse for the originals</source>
        <translation>Originale suchen</translation>
    </message>
    <message>
        <source>&amp;Verify again</source>
        <translation>Erneut &amp;prüfen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Files looked at</source>
        <translation>Angesehene Dateien</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Signer&apos;s &amp;key (optional)</source>
        <translation>Schlüssel des &amp;Unterzeichners (freiwillig)</translation>
    </message>
    <message>
        <source>&amp;Originals (optional)</source>
        <translation>Origi&amp;nale (freiwillig)</translation>
    </message>
    <message>
        <source>The export folder</source>
        <translation>Der Exportordner</translation>
    </message>
    <message>
        <source>The certificate</source>
        <translation>Das Zertifikat</translation>
    </message>
    <message>
        <source>Certificates (*.pdf *.json)</source>
        <translation>Zertifikate (*.pdf *.json)</translation>
    </message>
    <message>
        <source>The signer&apos;s public key</source>
        <translation>Der öffentliche Schlüssel des Unterzeichners</translation>
    </message>
    <message>
        <source>The folder of the originals</source>
        <translation>Der Ordner der Originale</translation>
    </message>
</context>
<context>
    <name>_Target</name>
    <message>
        <source>Drop an export folder or its certificate.pdf here</source>
        <translation>Ziehen Sie einen Exportordner oder dessen certificate.pdf hierher</translation>
    </message>
    <message>
        <source>Every image is compared with the signed one, and every figure of the certificate is redone. Nothing leaves this computer.</source>
        <translation>Jedes Bild wird mit dem signierten verglichen, und jede Zahl des Zertifikats wird nachgerechnet. Nichts verlässt diesen Rechner.</translation>
    </message>
</context>
</TS>
