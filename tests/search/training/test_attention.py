def test_it_gives_what_plain_attention_gives_both_ways(torch):
    from dragoman.search.training.attention import _Attention

    torch.manual_seed(1)
    query, key, value = (
        torch.randn(2, 3, 5, 4, dtype=torch.float64, requires_grad=True) for _ in range(3)
    )
    mask = torch.zeros(2, 1, 1, 5, dtype=torch.float64)
    mask[1, ..., 3:] = -1e9
    plain = (query @ key.transpose(-1, -2) / 2 + mask).softmax(-1) @ value
    ours = _Attention.apply(query, key, value, mask)
    torch.testing.assert_close(ours, plain)
    weights = torch.randn_like(plain)
    expected = torch.autograd.grad((plain * weights).sum(), (query, key, value))
    torch.testing.assert_close(
        torch.autograd.grad((ours * weights).sum(), (query, key, value)), expected
    )


def test_pairs_of_the_same_length_need_no_mask(torch):
    from dragoman.search.training.attention import _attention

    query, key, value = (torch.randn(1, 2, 3, 4) for _ in range(3))
    attended, _ = _attention(torch.nn.Identity(), query, key, value, None)
    assert attended.shape == (1, 3, 2, 4)
