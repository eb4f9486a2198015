"""How the answerability model is fitted: on several archives, so that it holds in others."""
