/** Endings that tell of weights, whatever tool wrote them. */
const told = 'safetensors gguf ggml pt pth ckpt onnx tflite h5 hdf5 keras msgpack pdparams caffemodel t7 nemo mlmodel'.split(' ');
const weights = new RegExp(`\\.(?:${told.join('|')})$`, 'i');
/** `.bin` is anything: these are the names that libraries save weights under. */
const savedAs = /(?:^|\/)(?:(?:pytorch|adapter|diffusion_pytorch|open_clip_pytorch|flax|consolidated)[-_.\w]*|(?:[\w.-]*[-_.])?model|ggml[-_.\w]*)\.bin$/i;
const packed =
  /\.(?:bin|mar|mlpackage|pb|npz|npy|params|weights|model|pkl|pickle|joblib|engine|trt|zip|tar|tgz|tbz2?|txz|gz|bz2|xz|zst|7z|whl|parquet|arrow|feather)$/i;

/** How the names of such files end. */
export const weightsEndings: readonly string[] = [...told, 'bin'].map((ending) => `.${ending}`);

/** The file holds weights, judging by its name alone. */
export const isWeightsName = (path: string): boolean => weights.test(path) || savedAs.test(path);

/** Weights, and what weights and data are packed in: files that are the same everywhere, byte for byte. */
export const isBinaryName = (path: string): boolean => weights.test(path) || packed.test(path);
