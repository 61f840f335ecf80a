"""Runner of faster-whisper for bench:peers: faster-whisper.py MODEL_FOLDER BEAM_SIZE. See protocol.ts.

Settings: int8, one thread, Swedish given, no conditioning on previous text, no VAD; the rest as it comes, so long audio
goes through its own 30 s windows, moved on by the timestamps that the model writes.
"""

import json
import sys
import time

import ctranslate2
import faster_whisper
import numpy


def tell(message: dict) -> None:
    print(json.dumps(message), flush=True)


def main() -> None:
    folder, beam_size = sys.argv[1], int(sys.argv[2])
    model = faster_whisper.WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1, num_workers=1)
    tell({"ready": f"faster-whisper {faster_whisper.__version__}, CTranslate2 {ctranslate2.__version__}, int8, beam {beam_size}"})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            samples = numpy.fromfile(request["samplesPath"], dtype="<f4")
            start = time.perf_counter()
            segments, _ = model.transcribe(
                samples, language="sv", beam_size=beam_size, condition_on_previous_text=False, vad_filter=False
            )
            text = " ".join(segment.text.strip() for segment in segments)
            tell({"id": request["id"], "text": text, "seconds": time.perf_counter() - start})
        except Exception as error:  # a clip that fails is that clip's result; the others go on
            tell({"id": request["id"], "error": repr(error)})


if __name__ == "__main__":
    main()
