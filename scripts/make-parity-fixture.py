"""Writes what Whisper itself, computed anew in double precision, makes of one clip: test/fixtures/parity/whisper-base.json.

    pip install numpy
    python scripts/make-parity-fixture.py models/whisper-base test/fixtures/audio/formats/s16.wav \
        > test/fixtures/parity/whisper-base.json

Follows the paper (Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak Supervision") and the published
description of the front end, and shares no code with src/speech. The weights are those in the folder given: 16-bit and
32-bit floats, and 8-bit rows with a scale each, which stand for the product of both. The clip is 16-bit mono at 16 kHz,
laid into 30 s of silence. Only a sample of the figures is kept: every n-th, counted through the whole array.
"""

import json
import math
import struct
import sys
import wave
from pathlib import Path

import numpy as np

RATE_HZ = 16_000
WINDOW_SAMPLES = 400
HOP_SAMPLES = 160
SECONDS = 30
LANGUAGE = "sv"
GREEDY_LIMIT = 60


def main(folder: Path, clip: Path) -> None:
    weights = Weights(folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_text())
    generation = json.loads((folder / "generation_config.json").read_text())

    samples = read_clip(clip)
    padded = np.zeros(SECONDS * RATE_HZ)
    padded[: len(samples)] = samples
    mel = log_mel(padded, config["num_mel_bins"])
    states = encode(weights, config, mel)
    greedy = greedy_tokens(weights, config, generation, states)

    sound_frames = math.ceil(len(samples) / HOP_SAMPLES) + 2
    fixture = {
        "model": folder.name,
        "clip": clip.name,
        "language": LANGUAGE,
        "logMel": {
            "shape": mel.shape,
            "sound": sampled(mel[:sound_frames], 3),
            "all": sampled(mel, 211),
        },
        "encoderStates": {
            "shape": states.shape,
            "sample": sampled(states, 151),
            "meanOfPositions": rounded(states.mean(axis=1)),
        },
        "greedy": greedy,
    }
    print(json.dumps(fixture, separators=(",", ":")))


class Weights:
    """Tensors of a safetensors file by their names, in double precision."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        (header_bytes,) = struct.unpack_from("<Q", self._bytes)
        self._start = 8 + header_bytes
        self._header = json.loads(self._bytes[8 : self._start])

    def __contains__(self, name: str) -> bool:
        return name in self._header

    def __getitem__(self, name: str) -> np.ndarray:
        values = self._stored(name)
        if values.dtype != np.int8:
            return values.astype(np.float64)
        scales = self._stored(f"{name}.scale").astype(np.float64)
        return values * scales.reshape(-1, *[1] * (values.ndim - 1))

    def _stored(self, name: str) -> np.ndarray:
        entry = self._header[name]
        start, end = entry["data_offsets"]
        kind = {"F32": "<f4", "F16": "<f2", "I8": "i1"}[entry["dtype"]]
        return np.frombuffer(self._bytes[self._start + start : self._start + end], kind).reshape(entry["shape"])


def read_clip(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE_HZ, 1, 2):
            raise SystemExit("expected 16-bit mono at 16 kHz")
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768


def log_mel(samples: np.ndarray, bins: int) -> np.ndarray:
    """[frames, bins]: centred Hann windows, power, Slaney mel bands, log10, clipped 8 below the maximum, scaled."""
    around = np.pad(samples, WINDOW_SAMPLES // 2, mode="reflect")
    hann = np.hanning(WINDOW_SAMPLES + 1)[:-1]
    frames = len(samples) // HOP_SAMPLES
    windows = np.stack([around[at * HOP_SAMPLES :][:WINDOW_SAMPLES] * hann for at in range(frames)])
    power = np.abs(np.fft.rfft(windows)) ** 2
    level = np.log10(np.maximum(power @ mel_bands(bins).T, 1e-10))
    return (np.maximum(level, level.max() - 8) + 4) / 4


def mel_bands(bins: int) -> np.ndarray:
    """[bins, frequencies]: triangles of equal area between points that are equally far apart in mels."""
    frequencies = np.fft.rfftfreq(WINDOW_SAMPLES, 1 / RATE_HZ)

    def to_mel(hz: float) -> float:
        return hz / (200 / 3) if hz < 1000 else 15 + 27 * math.log(hz / 1000) / math.log(6.4)

    def to_hz(mel: float) -> float:
        return mel * 200 / 3 if mel < 15 else 1000 * 6.4 ** ((mel - 15) / 27)

    points = [to_hz(mel) for mel in np.linspace(to_mel(0), to_mel(RATE_HZ / 2), bins + 2)]
    bands = []
    for low, middle, high in zip(points, points[1:], points[2:]):
        triangle = np.interp(frequencies, [low, middle, high], [0, 1, 0], left=0, right=0)
        bands.append(triangle * 2 / (high - low))
    return np.array(bands)


def encode(weights: Weights, config: dict, mel: np.ndarray) -> np.ndarray:
    """[positions, width]"""
    x = gelu(convolve(mel, weights["model.encoder.conv1.weight"], weights["model.encoder.conv1.bias"], 1))
    x = gelu(convolve(x, weights["model.encoder.conv2.weight"], weights["model.encoder.conv2.bias"], 2))
    x = x + weights["model.encoder.embed_positions.weight"]
    heads = config["encoder_attention_heads"]
    for layer in range(config["encoder_layers"]):
        module = f"model.encoder.layers.{layer}"
        normed = layer_norm(weights, f"{module}.self_attn_layer_norm", x)
        x = x + attention(weights, f"{module}.self_attn", heads, normed, normed)
        x = x + feed_forward(weights, module, x)
    return layer_norm(weights, "model.encoder.layer_norm", x)


def decode(weights: Weights, config: dict, tokens: list[int], states: np.ndarray) -> np.ndarray:
    """Logits [tokens, vocabulary]. Nothing is kept from one call to the next."""
    embedding = weights["model.decoder.embed_tokens.weight"]
    x = embedding[tokens] + weights["model.decoder.embed_positions.weight"][: len(tokens)]
    heads = config["decoder_attention_heads"]
    future = np.triu(np.full((len(tokens), len(tokens)), -np.inf), 1)
    for layer in range(config["decoder_layers"]):
        module = f"model.decoder.layers.{layer}"
        normed = layer_norm(weights, f"{module}.self_attn_layer_norm", x)
        x = x + attention(weights, f"{module}.self_attn", heads, normed, normed, future)
        normed = layer_norm(weights, f"{module}.encoder_attn_layer_norm", x)
        x = x + attention(weights, f"{module}.encoder_attn", heads, normed, states)
        x = x + feed_forward(weights, module, x)
    return layer_norm(weights, "model.decoder.layer_norm", x) @ embedding.T


def greedy_tokens(weights: Weights, config: dict, generation: dict, states: np.ndarray) -> dict:
    end = generation["eos_token_id"]
    start = generation["decoder_start_token_id"]
    steering = [
        start,
        generation["lang_to_id"][f"<|{LANGUAGE}|>"],
        generation["task_to_id"]["transcribe"],
        generation["no_timestamps_token_id"],
    ]
    no_speech = generation["no_timestamps_token_id"] - 1
    forbidden = np.zeros(config["vocab_size"])
    forbidden[end + 1 :] = -np.inf
    forbidden[generation["suppress_tokens"]] = -np.inf
    forbidden_first = forbidden.copy()
    forbidden_first[generation["begin_suppress_tokens"]] = -np.inf

    text: list[int] = []
    log_probabilities: list[float] = []
    no_speech_probability = 0.0
    while len(text) < GREEDY_LIMIT:
        logits = decode(weights, config, steering + text, states)
        if not text:
            no_speech_probability = float(np.exp(log_softmax(logits[0])[no_speech]))
        judged = log_softmax(logits[-1] + (forbidden if text else forbidden_first))
        likeliest = int(judged.argmax())
        log_probabilities.append(round(float(judged[likeliest]), 6))
        if likeliest == end:
            break
        text.append(likeliest)
    return {
        "tokens": text,
        "tokenLogProbabilities": log_probabilities,
        "noSpeechProbability": round(no_speech_probability, 6),
    }


def convolve(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, stride: int) -> np.ndarray:
    """[time, in] with a kernel [out, in, 3], a zero on either side."""
    padded = np.pad(x, ((1, 1), (0, 0)))
    taps = [padded[tap : tap + len(x)] @ kernel[:, :, tap].T for tap in range(3)]
    return (sum(taps) + bias)[::stride]


def attention(
    weights: Weights,
    module: str,
    heads: int,
    asking: np.ndarray,
    asked: np.ndarray,
    mask: np.ndarray | float = 0.0,
) -> np.ndarray:
    def split(x: np.ndarray) -> np.ndarray:
        return x.reshape(len(x), heads, -1).swapaxes(0, 1)

    query = split(linear(weights, f"{module}.q_proj", asking))
    key = split(linear(weights, f"{module}.k_proj", asked))
    value = split(linear(weights, f"{module}.v_proj", asked))
    scores = query @ key.swapaxes(1, 2) / math.sqrt(query.shape[-1]) + mask
    mixed = np.exp(log_softmax(scores)) @ value
    return linear(weights, f"{module}.out_proj", mixed.swapaxes(0, 1).reshape(len(asking), -1))


def feed_forward(weights: Weights, module: str, x: np.ndarray) -> np.ndarray:
    inner = linear(weights, f"{module}.fc1", layer_norm(weights, f"{module}.final_layer_norm", x))
    return linear(weights, f"{module}.fc2", gelu(inner))


def linear(weights: Weights, module: str, x: np.ndarray) -> np.ndarray:
    product = x @ weights[f"{module}.weight"].T
    return product + weights[f"{module}.bias"] if f"{module}.bias" in weights else product


def layer_norm(weights: Weights, module: str, x: np.ndarray) -> np.ndarray:
    centred = x - x.mean(axis=-1, keepdims=True)
    standard = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    return standard * weights[f"{module}.weight"] + weights[f"{module}.bias"]


def log_softmax(x: np.ndarray) -> np.ndarray:
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


# numpy has no error function: this one, interpolated, is exact to 1e-9.
ERF_POINTS = np.linspace(-6, 6, 120_001)
ERF_VALUES = np.array([math.erf(point) for point in ERF_POINTS])


def gelu(x: np.ndarray) -> np.ndarray:
    return x * (1 + np.interp(x / math.sqrt(2), ERF_POINTS, ERF_VALUES)) / 2


def sampled(values: np.ndarray, step: int) -> dict:
    """Every step-th value in row-major order, the first one included."""
    return {"step": step, "values": rounded(values.reshape(-1)[::step])}


def rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 6) for value in values]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
