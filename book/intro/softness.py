"""Soft answers to two questions about a vector: how large its largest component is, and which one that is."""

import math

import torch

E = torch.tensor([-0.1, -0.9, 1.1, 0.9, -1.7], dtype=torch.float64)  # what the figures ask about


def smax(e, beta):
    """The soft maximum (1/β) log((1/K) Σ_k exp(β e_k)) of e, (K,), for inverse temperatures β > 0 of any shape."""
    return smax_of_sum(e, beta) - math.log(len(e)) / beta


def smin(e, beta):
    return -smax(-e, beta)


def smax_of_sum(e, beta):
    """The same without 1/K."""
    return torch.logsumexp(beta[..., None] * e, dim=-1) / beta


def smin_of_sum(e, beta):
    return -smax_of_sum(-e, beta)


def softargmax(e, beta):
    """exp(β e_k) / Σ_j exp(β e_j) for e, (K,); at β = ∞ the largest components share all alike."""
    if beta == math.inf:
        first = (e == e.max()).to(e.dtype)
        return first / first.sum()
    return torch.softmax(beta * e, dim=-1)
