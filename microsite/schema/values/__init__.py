"""The small values that content is made of: figures, dates, durations, ids and what cites a source.

Scalars arrive here as text, exactly as the editor typed them (see `strict_yaml`), so that `3:45:12`,
`NO`, `1.10` and `012` mean what they say. Each type below states what it accepts and what it answers.
"""
