import assert from 'node:assert/strict';
import { pythonReader } from '../../server/src/artefacts/python/reader.ts';
import { analyseFiles, parseRepo, shown } from '../support/repo.ts';
import { fuzzText, shownBy } from './reading.ts';

const llama = 'meta-llama/Llama-2-7b-hf';
const loads = `loads hub:${llama} <- ${llama}`;

/** Settings that name a model, and what looks like one. */
const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'in a dictionary': [`c = {"llm_model": "${llama}"}\nrun(c["llm_model"])`, loads],
  'in a table of what the hub has': [`T = {"small": {"cls": A, "hf_hub_path": "${llama}"}, "b": {"hub": "${llama}"}}`, loads],
  'the first of what a table has of each': [`HF_MAPPING = {"small": ("${llama}", torch.float16), "big": (torch.float16, "adept/fuyu-8b")}`, loads],
  'the name of a known file without its ending': ['Enhancer(size=512, model="GPEN-BFR-512")', 'loads pkg:github/yangxy/GPEN#weights <- GPEN-BFR-512'],
  'such a name of which nothing is known, or that nothing calls a model': ['Enhancer(model="OTTER-BFR-512")\nEnhancer(title="GPEN-BFR-512")'],
  'a pack by its name in a file that speaks of its library': [
    'a = Otter(name="antelope", root="./insightface/models")',
    'loads url:insightface/antelope <- antelope',
    'licence LicenseRef-insightface-models <- antelope',
  ],
  'a word for something else': ['a = Otter(name="antelope", root="./models")\nmodel_name = "antelope"'],
  'the default of an option': [`p.add_argument("--model-name", type=str, default="${llama}")`, loads],
  'the default of a parameter': [`def f(base_model: str = "${llama}"):\n    pass`, loads],
  'a keyword': [`Engine(modelId="${llama}")`, loads],
  'a constant': [`MODEL_NAME = "${llama}"`, loads],
  'a field': [`class A:\n    model: str = field(default="${llama}")`, loads],
  'the default of a variable': [`m = os.environ.get("LLM_MODEL", "${llama}")`, loads],
  'one that is seen to be loaded, once': [`def f(model="${llama}"):\n    AutoModel.from_pretrained(model)`, loads],
  'of a judge': [`judge_model = "${llama}"\neval_llm = "${llama}"`, `loads hub:${llama} evaluation <- ${llama}`],
  'under another name': [`c = {"title": "${llama}", "tokenizer": "${llama}"}`],
  'an id of which no terms are known': ['MODEL_NAME = "acme-lab/river-7b"'],
  'a model of which a listing of the hub tells that it bars commerce': [
    'model_name_or_path = "nvidia/NV-Embed-v2"',
    'loads hub:nvidia/NV-Embed-v2 <- nvidia/NV-Embed-v2',
  ],
  'a model that is free by such a listing': ['model_name_or_path = "NovaSearch/stella_en_1.5B_v5"'],
  'in a message': [`print(model="${llama}")`],
  'what is asked of the hub about one': [`api.model_info(repo_id="${llama}")\napi.upload_file(p, repo_id="${llama}")\napi.file_exists(repo_id="${llama}")`],
  'in a comparison': [`if model == "${llama}":\n    pass`],
  'what is sent to a server': [`requests.post(url, json={"model": "${llama}", "messages": m})`],
  'a folder that has its name': [
    'c = {"model_name_or_path": "./ckpt/vicuna-7b-v1.5"}\nfrom_pretrained',
    'loads hub:lmsys/vicuna-7b-v1.5 <- ./ckpt/vicuna-7b-v1.5',
  ],
  'one that is told by no other word': ['p.add_argument("--llm", default="./llm/vicuna-7b-v1.5")', 'loads hub:lmsys/vicuna-7b-v1.5 <- ./llm/vicuna-7b-v1.5'],
  'one by an older name': [
    'MODEL_PATH = "/srv/otter/Meta-Llama-3.1-8B-Instruct"',
    'loads hub:meta-llama/Llama-3.1-8B-Instruct <- /srv/otter/Meta-Llama-3.1-8B-Instruct',
  ],
  'a folder of another name': ['c = {"model_path": "./ckpt/checkpoint-7b"}\nfrom_pretrained'],
  'a pack by its own name': [
    'cfg.MODEL_NAME = "antelopev2"',
    'loads url:insightface/antelopev2 <- antelopev2',
    'licence LicenseRef-insightface-models <- antelopev2',
  ],
  'a model that a package brings along': [
    'import face_recognition_models as m\nfile = m.pose_predictor_model_location()',
    'loads pkg:github/davisking/dlib-models#weights <- pose_predictor_model_location',
  ],
  'a call of that name elsewhere': ['from acme import m\nm.pose_predictor_model_location()'],
  'a name in one word, and a pack in a field': [
    'MODELNAME = "meta-llama/Llama-2-7b-hf"\nself.model_pack: str = "buffalo_l"',
    'loads url:insightface/buffalo_l <- buffalo_l',
    'licence LicenseRef-insightface-models <- buffalo_l',
    loads,
  ],
  'a model by the name that its library has for it': [
    'def f(model_name="tts_models/multilingual/multi-dataset/xtts_v2"):\n    pass',
    'loads hub:coqui/XTTS-v2 <- tts_models/multilingual/multi-dataset/xtts_v2',
  ],
  'the same, given to its class': [
    'tts = TTS("tts_models/multilingual/multi-dataset/xtts_v2").to(device)',
    'loads hub:coqui/XTTS-v2 <- tts_models/multilingual/multi-dataset/xtts_v2',
  ],
  'names of other libraries, whatever takes them': [
    'e = Config(encoder="text_sonar_basic_encoder", tokenizer="text_sonar_basic_encoder")\nm = load_model("nllb-200_dense_distill_600m")\nc = Lm.from_preset("gemma2_2b_en")',
    'loads hub:facebook/SONAR <- text_sonar_basic_encoder',
    'loads hub:facebook/nllb-200-distilled-600M <- nllb-200_dense_distill_600m',
    'loads hub:google/gemma-2-2b <- gemma2_2b_en',
  ],
  'a handle of another platform': [
    'p = hub.model_download("google/gemma-3/flax/gemma3-4b-it")\nname = ("google/t5gemma/flax/" f"otter-{n}")',
    'loads hub:google/gemma-3-4b-it <- google/gemma-3/flax/gemma3-4b-it',
    'loads hub:google/t5gemma-2b-2b-prefixlm <- google/t5gemma/flax/',
  ],
  'such names in a list, in a message and as a tokenizer': [
    'for n in ["gemma2_2b_en"]:\n    print("text_sonar_basic_encoder")\nt = load_tokenizer("gemma_2b_en")',
  ],
  'another name of that library, or the name in a message': ['TTS("tts_models/en/ljspeech/glow-tts")\nprint("tts_models/multilingual/multi-dataset/xtts_v2")'],
  'a pack of that name elsewhere': ['print("antelopev2")\nx = ["antelopev2"]'],
  'a catalogue': [
    ['7b', '13b', '70b', '7b-chat', '13b-chat', '70b-chat'].map((size) => `a(model="meta-llama/Llama-2-${size}-hf")`).join('\n') +
      '\na(model="lmsys/vicuna-7b-v1.5")',
  ],
};

describe('models that the names of settings tell', () => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(pythonReader, 'run.py', text), expected));

  it('are information', () => {
    const { findings } = analyseFiles(parseRepo(`--- LICENSE\n[text of MIT]\n--- a.py\nBASE_MODEL = "huggyllama/llama-7b"\n`).files).report;
    assert.deepEqual(
      findings
        .map(shown)
        .map((line) => line.replace(/^.* (\w+) ([\w-]+)$/, '$1 $2'))
        .toSorted(),
      ['information noncommercial-weights', 'information unofficial-mirror'],
    );
  });

  it('never throws', () => fuzzText(pythonReader, 'run.py', `c = {"llm_model": "${llama}"}\nrun(model="${llama}", **c)`));
});
