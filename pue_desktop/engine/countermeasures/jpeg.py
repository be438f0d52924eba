"""JPEG: every training image is compressed and read again, which drops what the eye hardly sees.

Libjpeg through Pillow, with its usual halved colour resolution. The compression is done at the size at which networks
see the images, as in the published comparisons on CIFAR-10; at full size the same quality would take less away.
"""

from io import BytesIO

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material, parts
from pue_desktop.engine.runtime import Stop


class _Jpeg(Countermeasure):
    def __init__(self, quality: int) -> None:
        self._quality = quality

    def prepare_set(self, material: Material, *, seed: int, stop: Stop) -> Tensor:
        """See `Countermeasure`."""
        del seed
        compressed = [self._compressed(image) for part in parts(material.images.cpu(), stop) for image in part]
        return torch.stack(compressed).to(material.images.device)

    def _compressed(self, image: Tensor) -> Tensor:
        stream = BytesIO()
        Image.fromarray(image.permute(1, 2, 0).contiguous().numpy()).save(stream, "JPEG", quality=self._quality)
        with Image.open(stream) as read:
            return torch.from_numpy(np.array(read)).permute(2, 0, 1)


quality_10 = _Jpeg(10)
quality_50 = _Jpeg(50)
