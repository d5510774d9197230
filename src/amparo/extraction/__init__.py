"""Text → Notes: sentences, mentions, people, who says what, what is alleged, what happened, what is filler."""

from amparo.extraction.pipeline import Pipeline, load_pipeline, pipeline_names

__all__ = ["Pipeline", "load_pipeline", "pipeline_names"]
