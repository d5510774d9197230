"""Who is who across documents: machines suggest, people judge, and only judgements join."""
