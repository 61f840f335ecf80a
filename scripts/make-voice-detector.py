"""Rewrites Silero VAD 6 to read a run of windows in one call: models/silero-vad/silero-vad-v6-run.onnx.

The published graph hears one window of 32 ms a call, and spends most of a call on choosing between sample rates. The
weights of its 16 kHz branch are taken as they are: the same Fourier transform, convolutions and recurrent layer, with all
windows side by side up to the recurrent layer, which reads them in turn. The answers are the published graph's own
(compared here, on noise and silence of every loudness, and in test/speech/voice-detector.test.ts on speech).

  python3 scripts/make-voice-detector.py SILERO_VAD_V6_ONNX [--fixture CLIP_WAV]

SILERO_VAD_V6_ONNX: see models/silero-vad/PROVENANCE.md. Needs onnx, onnxruntime and numpy. With --fixture, the published
graph's probabilities on the clip (16 kHz, 16 bit, mono) are written to test/fixtures/voice-probabilities.json.
"""

import hashlib
import json
import sys
import wave
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

SOURCE_SHA256 = "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"
PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "models/silero-vad/silero-vad-v6-run.onnx"
FIXTURE = PROJECT / "test/fixtures/voice-probabilities.json"
BRANCH = "If_0_then_branch__Inline_0__"
RATE_HZ = 16_000
WINDOW, CONTEXT, PADDING = 512, 64, 64
FOURIER_WIDTH, FOURIER_STRIDE, BINS = 256, 128, 129
STATE = 128
TOLERANCE = 1e-5


def branch_weights(path: Path) -> dict[str, np.ndarray]:
    """The constants of the 16 kHz branch, by the names that they had in training."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if sha256 != SOURCE_SHA256:
        raise SystemExit(f"expected {path} with sha256 {SOURCE_SHA256}; got {sha256}")
    choice = next(node for node in onnx.load(path).graph.node if node.op_type == "If")
    then = next(attribute.g for attribute in choice.attribute if attribute.name == "then_branch")
    return {
        node.output[0].removeprefix(BRANCH): numpy_helper.to_array(node.attribute[0].t)
        for node in then.node
        if node.op_type == "Constant"
    }


def gates(matrix: np.ndarray) -> np.ndarray:
    """Input, forget, cell, output as PyTorch stacks them, to ONNX's input, output, forget, cell."""
    entrance, forget, cell, exit_ = np.split(matrix, 4)
    return np.concatenate([entrance, exit_, forget, cell])


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    nodes: list[onnx.NodeProto] = []
    constants: list[onnx.TensorProto] = []

    def constant(name: str, values: np.ndarray) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def integers(name: str, *values: int) -> str:
        return constant(name, np.array(values, np.int64))

    padded = node("Pad", ["windows", integers("pads", 0, 0, 0, PADDING)], "padded", mode="reflect")
    x = node("Unsqueeze", [padded, integers("channel", 1)], "sound")
    basis = constant("stft.basis", weights["stft.forward_basis_buffer"])
    spectrum = node("Conv", [x, basis], "spectrum", kernel_shape=[FOURIER_WIDTH], strides=[FOURIER_STRIDE])
    node_split = helper.make_node("Split", [spectrum, integers("halves", BINS, BINS)], ["real", "imaginary"], axis=1)
    nodes.append(node_split)
    squares = [node("Mul", [part, part], f"{part}_squared") for part in ("real", "imaginary")]
    x = node("Sqrt", [node("Add", squares, "power")], "magnitude")
    for layer, stride in enumerate((1, 2, 2, 1)):
        module = f"encoder.{layer}.reparam_conv"
        inputs = [x, constant(f"{module}.weight", weights[f"{module}.weight"])]
        inputs.append(constant(f"{module}.bias", weights[f"{module}.bias"]))
        convolved = node("Conv", inputs, f"convolved_{layer}", kernel_shape=[3], pads=[1, 1], strides=[stride])
        x = node("Relu", [convolved], f"heard_{layer}")
    # [windows, channels, 1] is the run of one speaker as the recurrent layer wants it, turned: [windows, 1, channels].
    x = node("Transpose", [x], "run", perm=[0, 2, 1])
    recurrent = [
        constant("lstm.w", gates(weights["decoder.rnn.weight_ih"])[None]),
        constant("lstm.r", gates(weights["decoder.rnn.weight_hh"])[None]),
        constant(
            "lstm.b", np.concatenate([gates(weights["decoder.rnn.bias_ih"]), gates(weights["decoder.rnn.bias_hh"])])[None]
        ),
    ]
    nodes.append(helper.make_node("Split", ["state", integers("both", 1, 1)], ["hidden", "cell"], axis=0))
    nodes.append(
        helper.make_node(
            "LSTM", [x, *recurrent, "", "hidden", "cell"], ["states", "last_hidden", "last_cell"], hidden_size=STATE
        )
    )
    node("Concat", ["last_hidden", "last_cell"], "state_after", axis=0)
    flat = node("Reshape", ["states", integers("rows", -1, STATE)], "flat")
    activated = node("Relu", [flat], "activated")
    voice = constant("voice.weight", weights["decoder.decoder.2.weight"].reshape(1, STATE))
    bias = constant("voice.bias", weights["decoder.decoder.2.bias"])
    logits = node("Gemm", [activated, voice, bias], "logits", transB=1)
    node("Sigmoid", [node("Reshape", [logits, integers("one_a_window", -1)], "one_each")], "probability")

    def value(name: str, *dimensions: int | str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(dimensions))

    graph = helper.make_graph(
        nodes,
        "voice",
        [value("windows", "windows", CONTEXT + WINDOW), value("state", 2, 1, STATE)],
        [value("probability", "windows"), value("state_after", 2, 1, STATE)],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def published(path: Path, windows: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(str(path))
    state = np.zeros((2, 1, STATE), np.float32)
    told = []
    for window in windows:
        output, state = session.run(None, {"input": window[None], "state": state, "sr": np.array(RATE_HZ)})
        told.append(output[0, 0])
    return np.array(told)


def rewritten(windows: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(str(TARGET))
    return session.run(["probability"], {"windows": windows, "state": np.zeros((2, 1, STATE), np.float32)})[0]


def windows_of(samples: np.ndarray) -> np.ndarray:
    """[windows, 576]: each window behind the end of the one before."""
    padded = np.concatenate([np.zeros(CONTEXT, np.float32), samples])
    count = len(samples) // WINDOW
    return np.stack([padded[at * WINDOW : at * WINDOW + CONTEXT + WINDOW] for at in range(count)])


def compare(path: Path, samples: np.ndarray) -> np.ndarray:
    windows = windows_of(samples)
    expected = published(path, windows)
    error = np.abs(rewritten(windows) - expected).max()
    if error > TOLERANCE:
        raise SystemExit(f"expected the published graph's answers within {TOLERANCE}; got {error}")
    return expected


def main() -> None:
    path = Path(sys.argv[1])
    onnx.save(build(branch_weights(path)), TARGET)
    rng = np.random.default_rng(1)
    for loudness in (0, 1e-4, 1e-2, 0.5):
        compare(path, (loudness * rng.standard_normal(RATE_HZ * 4)).astype(np.float32))
    print(TARGET.name, hashlib.sha256(TARGET.read_bytes()).hexdigest(), TARGET.stat().st_size)
    if "--fixture" in sys.argv:
        clip = Path(sys.argv[sys.argv.index("--fixture") + 1])
        with wave.open(str(clip)) as sound:
            samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16).astype(np.float32) / 32768
        probabilities = [round(float(value), 6) for value in compare(path, samples)]
        FIXTURE.write_text(json.dumps({"clip": clip.name, "probabilities": probabilities}) + "\n")
        print(FIXTURE.name, len(probabilities))


if __name__ == "__main__":
    main()
