"""Attention whose backward pass is quick on a processor.

torch's fused attention is quick forwards, but backwards it takes three times as long as plain
products of matrices do (measured with torch 2.13 in bfloat16, 24 pairs of 176 tokens, 12 heads).
"""

from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.masking_utils import eager_mask

NAME = "recomputed"


def register() -> None:
    """Make this attention known to transformers by NAME."""
    AttentionInterface.register(NAME, _attention)
    AttentionMaskInterface.register(NAME, eager_mask)


def _attention(
    _module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    **_options: Any,
) -> tuple[Tensor, None]:
    no_padding = query.new_zeros(1, 1, 1, key.shape[-2])
    mask = no_padding if attention_mask is None else attention_mask.to(query.dtype)
    attended = _Attention.apply(query, key, value, mask)
    return attended.transpose(1, 2).contiguous(), None


class _Attention(torch.autograd.Function):
    """Scaled dot-product attention (Vaswani et al. 2017) that computes its weights twice."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
        ctx.save_for_backward(query, key, value, mask)
        return nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        query, key, value, mask = ctx.saved_tensors
        scaled = query * query.shape[-1] ** -0.5
        weights = ((scaled @ key.transpose(-1, -2)).add_(mask)).softmax(-1)
        of_attended = gradients[0]
        of_value = weights.transpose(-1, -2) @ of_attended
        of_weights = of_attended @ value.transpose(-1, -2)
        of_scores = weights * (of_weights - (of_weights * weights).sum(-1, keepdim=True))
        of_query = (of_scores @ key) * query.shape[-1] ** -0.5
        return of_query, of_scores.transpose(-1, -2) @ scaled, of_value, None
