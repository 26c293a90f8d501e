"""The pipeline as the rest of Gatewright sees it: a frozen object that knows its waves' names."""

from gatewright.config.pipeline_checks import Checks
from gatewright.config.pipeline_sections import PipelineFields, PipelineSection, WaveFields


class Wave(WaveFields):
    """A wave and its name."""

    name: str


class Pipeline(PipelineFields):
    """How a git push becomes a release. `waves` are in the file's order."""

    waves: tuple[Wave, ...]

    @property
    def environments(self) -> tuple[str, ...]:
        """The names of the environments that it deploys, in order."""
        return tuple(name for wave in self.waves for name in wave.environments)

    def checks_of(self, environment: str) -> Checks:
        """What is checked of an environment after its deployment; nothing of one it leaves out."""
        found = (wave.checks for wave in self.waves if environment in wave.environments)
        return next(found, Checks())


def pipeline_of(section: PipelineSection) -> Pipeline:
    """Give the waves of the section their names."""
    fields = dict(iter(section))
    waves = fields.pop("waves")
    return Pipeline(
        **fields, waves=tuple(Wave(name=name, **dict(iter(w))) for name, w in waves.items())
    )
