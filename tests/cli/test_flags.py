"""Every setting is a flag."""

import pytest

from cli_calls import Capture
from pue_desktop import cli, cli_flags
from pue_desktop.engine import config
from pue_desktop.engine.config import CONFIG_TYPES, Setting, settings


class TestFlags:
    @pytest.mark.parametrize("step", CONFIG_TYPES)
    def test_every_setting_is_a_flag_of_its_step_and_of_run(self, step: str) -> None:
        for setting in settings(CONFIG_TYPES[step]):
            flag, text = setting.name.replace("_", "-"), example(setting)
            where = "FOLDER" if step == "scan" else "RUN"
            arguments = cli.parser().parse_args([step, where, f"--{flag}", text])
            assert set(cli_flags.given(arguments, step)) == {setting.name}
            changed = config.changed(CONFIG_TYPES[step](), **cli_flags.given(arguments, step))
            assert isinstance(changed, CONFIG_TYPES[step])
            if (step, setting.name) == ("export", "folder"):
                continue
            whole = ["run", "F", "--run", "R", "--export", "E", f"--{step}-{flag}", text]
            assert cli_flags.given(cli.parser().parse_args(whole), step) == cli_flags.given(arguments, step)

    def test_help_of_run_names_limits_and_choices(self, capsys: Capture) -> None:
        assert cli.main(["run", "--help"]) == 0
        text = " ".join(capsys.readouterr().out.split())
        for setting in settings(CONFIG_TYPES["craft"]):
            assert " ".join(setting.description.split()[:3]) in text

    def test_a_tuple_is_a_list_of_names(self) -> None:
        arguments = cli.parser().parse_args(["stress", "RUN", "--attackers", "vgg, small"])
        assert cli_flags.given(arguments, "stress") == {"attackers": ("vgg", "small")}


def example(setting: Setting) -> str:
    """Returns the default of a setting as a user would type it."""
    if isinstance(setting.default, tuple):
        return ",".join(setting.default)
    return str(setting.default)
