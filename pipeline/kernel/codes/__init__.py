"""The codes that no rule carries, a module for each family: what the loader, the shape, the approval say."""

from pipeline.kernel.codes import approving, building, demands, loading, placing, shape, templating, verifying

CODES = (
    *loading.CODES,
    *shape.CODES,
    *placing.CODES,
    *templating.CODES,
    *building.CODES,
    *approving.CODES,
    *demands.CODES,
    *verifying.CODES,
)
"""All of them, family by family."""

__all__ = [
    "CODES",
    "approving",
    "building",
    "demands",
    "loading",
    "placing",
    "shape",
    "templating",
    "verifying",
]
