"""Networks in evaluation mode, rewritten to run faster with any weights.

BatchNorm with frozen running statistics (mean m, variance v) maps a convolution's output y to γ (y − m)/√(v + e) + β.
That is linear, so it is folded into the convolution that feeds it, draw by draw: w' = w·γ/√(v + e),
b' = (b − m)·γ/√(v + e) + β (Jacob et al., arXiv 1712.05877, §3.2). In real numbers nothing changes; in float32 the last
bits of logits do. A ReLU behind it, and the addition of a shortcut before that, join it. On CPUs with oneDNN these are
one kernel, whose weights are laid out once a draw instead of once a batch.

A network that can't be traced, shares weights, has hooks or comes out different stays as it is: `fastest` compares.
"""

from __future__ import annotations

import copy
import operator
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

import torch
from torch import Tensor, fx, nn
from torch.func import functional_call
from torch.nn import functional

Way = Literal["packed", "folded", "plain"]
_ADD = (operator.add, operator.iadd, torch.add)
_RELU = (functional.relu, functional.relu_, torch.relu, torch.relu_)
# Logits of the rewritten network may be off by this share of their spread: float32 errors are a hundred times smaller.
_TOLERANCE = 1e-3


class Plain:
    """A network as it is: the slowest way, and the one that always works."""

    way: Way = "plain"

    def __init__(self, model: nn.Module) -> None:
        self.module = model

    def weights(self, parameters: dict[str, Tensor]) -> dict[str, Tensor]:
        """Returns what `module` takes in place of its own weights to be the network with `parameters`."""
        return parameters

    def copied(self) -> Plain:
        """Returns the same for another thread: a network whose weights are replaced serves one at a time."""
        return Plain(copy.deepcopy(self.module))


class Folded(Plain):
    """A network with its convolutions, frozen BatchNorm and ReLU in one.

    Args:
        model: In evaluation mode; it is not changed.
        packed: Whether to use oneDNN's kernels; on the CPU only.

    Raises:
        ValueError: there is nothing to fold, or the network can't be rewritten.
    """

    def __init__(self, model: nn.Module, *, packed: bool) -> None:
        self.way = "packed" if packed else "folded"
        self._parts = _parts(model)
        graph = fx.GraphModule(model, fx.Tracer().trace(model))
        self._units = _rewrite(graph, packed=packed)
        if not _relu_in_place(graph) and not self._units:
            raise ValueError("nothing to gain")
        graph.delete_all_unused_submodules()
        graph.graph.lint()
        graph.recompile()
        super().__init__(graph)

    def weights(self, parameters: dict[str, Tensor]) -> dict[str, Tensor]:
        """Returns `parameters` with those of folded layers replaced by the folded ones."""
        found = dict(parameters)
        for unit in self._units:
            weight, bias = found[f"{unit.conv}.weight"], found.get(f"{unit.conv}.bias")
            bias = weight.new_zeros(len(weight)) if bias is None else bias
            if unit.norm:
                gamma, beta = (found.pop(f"{unit.norm}.{kind}", None) for kind in ("weight", "bias"))
                weight, bias = _fold(weight, bias, cast(nn.BatchNorm2d, self._parts[unit.norm]), gamma, beta)
            layer = cast(_Convolution, self.module.get_submodule(unit.conv))
            found[f"{unit.conv}.weight"], found[f"{unit.conv}.bias"] = layer.ready(weight, bias)
        return found

    def copied(self) -> Plain:
        """Returns the same for another thread."""
        twin = copy.copy(self)
        twin.module = copy.deepcopy(self.module)
        return twin


@dataclass(frozen=True, slots=True)
class _Unit:
    """Layers that became one: a convolution and, unless empty, the BatchNorm behind it, by name."""

    conv: str
    norm: str


class _Convolution(nn.Module):
    """A convolution, an addition and a ReLU; its weights are always handed in."""

    def __init__(self, conv: nn.Conv2d, *, relu: bool, packed: bool) -> None:
        super().__init__()
        self.weight = nn.Parameter(conv.weight.detach(), requires_grad=False)
        self.bias = nn.Parameter(conv.weight.new_zeros(conv.out_channels), requires_grad=False)
        self._relu, self._packed = relu, packed
        padding = cast("tuple[int, ...]", conv.padding)
        self._place = (list(padding), list(conv.stride), list(conv.dilation), conv.groups)
        self._input: list[int] | None = None

    def ready(self, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """Returns weight and bias as `forward` takes them; packed for the first input's size once that is known."""
        if not self._packed:
            return weight, bias
        if self._input is None:
            return weight.to_mkldnn(), bias
        return torch.ops.aten.mkldnn_reorder_conv2d_weight(weight.to_mkldnn(), *self._place, self._input), bias

    def forward(self, images: Tensor, other: Tensor | None = None) -> Tensor:
        if self._packed:
            return self._fused(images, other)
        padding, stride, dilation, groups = self._place
        out = functional.conv2d(images, self.weight, self.bias, stride, padding, dilation, groups)
        if other is not None:
            out = out.add_(other)
        return out.relu_() if self._relu else out

    def _fused(self, images: Tensor, other: Tensor | None) -> Tensor:
        if self._input is None:
            self._input = list(images.shape)
        kernels = torch.ops.mkldnn._convolution_pointwise
        if other is None:
            last = "relu" if self._relu else "none"
            return cast(Tensor, kernels(images, self.weight, self.bias, *self._place, last, [], ""))
        weights = (other, self.weight, self.bias)
        last_or_none = "relu" if self._relu else None
        return cast(Tensor, kernels.binary(images, *weights, *self._place, "add", 1.0, last_or_none, [], ""))


def fastest(
    model: nn.Module, parameters: dict[str, Tensor], images: Tensor, ways: Iterable[Way] = ("packed", "folded")
) -> Plain:
    """Returns the fastest of `ways` to run `model` that gives its answers with `parameters` on `images`."""
    with torch.inference_mode():
        expected = functional_call(model, parameters, (images,))
        for way in ways:
            if way == "packed" and not _has_onednn(images):
                continue
            try:
                found = Folded(model, packed=way == "packed")
                got = functional_call(found.module, found.weights(parameters), (images,))
            except (torch.OutOfMemoryError, MemoryError):
                raise
            # Tracing runs the network's own code on stand-ins, which may raise anything.
            except Exception:
                continue
            if got.shape == expected.shape and bool((got - expected).abs().max() <= _TOLERANCE * _spread(expected)):
                return found
    return Plain(model)


def _spread(logits: Tensor) -> Tensor:
    return logits.amax() - logits.amin()


def _has_onednn(images: Tensor) -> bool:
    return images.device.type == "cpu" and images.dtype == torch.float32 and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]


def _parts(model: nn.Module) -> dict[str, nn.Module]:
    """Returns the layers by name. Raises ValueError where replacing them would change what the network does."""
    parameters = list(model.named_parameters(remove_duplicate=False))
    if len({id(value) for _, value in parameters}) != len(parameters):
        raise ValueError("weights are shared")
    parts = dict(model.named_modules())
    if any(part._forward_hooks or part._forward_pre_hooks or part.training for part in parts.values()):
        raise ValueError("hooks, or not in evaluation mode")
    return parts


def _fold(
    weight: Tensor, bias: Tensor, norm: nn.BatchNorm2d, gamma: Tensor | None, beta: Tensor | None
) -> tuple[Tensor, Tensor]:
    scale = (cast(Tensor, norm.running_var) + norm.eps).rsqrt()
    scale = scale if gamma is None else scale * gamma
    bias = (bias - cast(Tensor, norm.running_mean)) * scale
    return weight * scale[:, None, None, None], bias if beta is None else bias + beta


def _rewrite(graph: fx.GraphModule, *, packed: bool) -> list[_Unit]:
    """Replaces the layers of `graph`, first to last; returns what was folded."""
    parts = dict(graph.named_modules())
    uses = Counter(node.target for node in graph.graph.nodes if node.op == "call_module")
    units: list[_Unit] = []
    for node in list(graph.graph.nodes):
        conv = parts.get(str(node.target)) if node.op == "call_module" and uses[node.target] == 1 else None
        if type(conv) is not nn.Conv2d or conv.padding_mode != "zeros" or isinstance(conv.padding, str):
            continue
        if "weight" not in conv._parameters:  # computed from other parameters
            continue
        end, norm = node, ""
        after = _only_user(node)
        if after is not None and after.op == "call_module" and uses[after.target] == 1:
            candidate = parts[str(after.target)]
            if type(candidate) is nn.BatchNorm2d and candidate.running_mean is not None:
                end, norm = after, str(after.target)
        added, end, relu = _joined(end, parts)
        if not norm and not relu:
            continue
        with graph.graph.inserting_before(end):
            inputs = (node.args[0],) if added is None else (node.args[0], added)
            new = graph.graph.call_module(str(node.target), cast(Any, inputs))
        end.replace_all_uses_with(new)
        graph.set_submodule(str(node.target), _Convolution(conv, relu=relu, packed=packed).eval())
        units.append(_Unit(str(node.target), norm))
        graph.graph.eliminate_dead_code(is_impure_node=lambda left: left.op in ("placeholder", "output"))
    return units


def _joined(end: fx.Node, parts: dict[str, nn.Module]) -> tuple[fx.Node | None, fx.Node, bool]:
    """Returns what is added to the output of `end`, the last node that joins it, and whether that is a ReLU."""
    after = _only_user(end)
    if after is not None and _is_relu(after, parts):
        return None, after, True
    if after is not None and after.op == "call_function" and after.target in _ADD and len(after.args) == 2:
        last = _only_user(after)
        others = [part for part in after.args if part is not end]
        if last is not None and _is_relu(last, parts) and len(others) == 1 and isinstance(others[0], fx.Node):
            return others[0], last, True
    return None, end, False


def _only_user(node: fx.Node) -> fx.Node | None:
    return next(iter(node.users)) if len(node.users) == 1 else None


def _is_relu(node: fx.Node, parts: dict[str, nn.Module]) -> bool:
    if node.op == "call_module":
        return type(parts.get(str(node.target))) is nn.ReLU
    return (node.op == "call_function" and node.target in _RELU) or (
        node.op == "call_method" and node.target in ("relu", "relu_")
    )


def _relu_in_place(graph: fx.GraphModule) -> bool:
    """Lets a ReLU overwrite what a normalisation layer just made for it alone; returns whether there is one."""
    parts = dict(graph.named_modules())
    fresh = (nn.GroupNorm, nn.BatchNorm2d)
    any_found = False
    node: fx.Node
    for node in list(graph.graph.nodes):
        before = node.args[0] if node.args else None
        if not _is_relu(node, parts) or not isinstance(before, fx.Node) or _only_user(before) is not node:
            continue
        if before.op == "call_module" and type(parts.get(str(before.target))) in fresh:
            with graph.graph.inserting_before(node):
                new = graph.graph.call_function(cast(Callable[..., Any], torch.relu_), (before,))
            node.replace_all_uses_with(new)
            graph.graph.erase_node(node)
            any_found = True
    return any_found
