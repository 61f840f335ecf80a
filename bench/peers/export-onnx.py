"""Exports Whisper to ONNX the way transformers.js reads it: export-onnx.py HUGGING_FACE_FOLDER TARGET_FOLDER.

Needs requirements.txt. Writes onnx/encoder_model.onnx and onnx/decoder_model_merged.onnx (fp32), the same with the
ending _quantized (q8: dynamic quantisation with the settings of transformers.js's own script), and the configs.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from optimum.exporters.onnx import main_export
from transformers import WhisperFeatureExtractor, WhisperTokenizerFast

GRAPHS = ("encoder_model", "decoder_model_merged")


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as scratch:
        complete = Path(scratch) / "source"
        shutil.copytree(source, complete)
        WhisperFeatureExtractor().save_pretrained(complete)
        WhisperTokenizerFast(tokenizer_file=str(complete / "tokenizer.json")).save_pretrained(complete)
        exported = Path(scratch) / "exported"
        main_export(str(complete), exported, task="automatic-speech-recognition-with-past", do_validation=False)
        graphs = target / "onnx"
        graphs.mkdir(parents=True, exist_ok=True)
        for graph in GRAPHS:
            shutil.copy(exported / f"{graph}.onnx", graphs)
            quantise(graphs / f"{graph}.onnx", graphs / f"{graph}_quantized.onnx")
        for config in exported.glob("*.json"):
            shutil.copy(config, target)


def quantise(source: Path, target: Path) -> None:
    operators = {node.op_type for node in onnx.load(source, load_external_data=False).graph.node}
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QUInt8 if "Conv" in operators else QuantType.QInt8,
        extra_options={"EnableSubgraph": True, "MatMulConstBOnly": True},
    )


if __name__ == "__main__":
    main()
