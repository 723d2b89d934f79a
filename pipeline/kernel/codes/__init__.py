"""The codes that no rule carries, a module for each family: what the loader, the shape, the approval say."""

from pipeline.kernel.codes import approval, build, demands, final_file, register, shape, source, wording

CODES = (
    *source.CODES,
    *shape.CODES,
    *register.CODES,
    *wording.CODES,
    *build.CODES,
    *approval.CODES,
    *demands.CODES,
    *final_file.CODES,
)
"""All of them, family by family."""

__all__ = ["CODES", "approval", "build", "demands", "final_file", "register", "shape", "source", "wording"]
