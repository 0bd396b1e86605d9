import assert from 'node:assert/strict';
import { readArtefact } from '../../server/src/artefacts/read.ts';
import { shellReader } from '../../server/src/artefacts/shell/reader.ts';
import type { RelationFact } from '../../server/src/artefacts/types.ts';
import { limits } from '../../server/src/text/limits.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { encode, fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

/** What other scripts may set, or take, counts only together with them. */
const shownHere = (path: string, text: string): readonly string[] =>
  shownBy(shellReader, path, text).filter((line) => !/^setting |hub:(?:datasets\/)? <- /.test(line));

const table = (cases: Cases, path = 'run.sh'): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownHere(path, text), expected));
};
const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;
const relations = (text: string, path = 'run.sh'): readonly RelationFact[] =>
  readWith(shellReader, path, text).facts.filter((fact): fact is RelationFact => fact.kind === 'relation');

const loads = 'loads hub:acme/base-7b <- acme/base-7b';
const data = 'loads hub:datasets/acme/data <- acme/data';
const tuned = 'finetune hub:acme/base-7b <- acme/base-7b';
const adapted = 'adapter hub:acme/base-7b <- acme/base-7b';
const judged = 'loads hub:acme/base-7b evaluation <- acme/base-7b';
const trained = 'trainedOn hub:datasets/acme/data <- acme/data';
const serve = 'vllm serve';

describe('shell scripts', () => {
  for (const path of ['run.sh', 'a/b.bash', 'train.slurm', 'job.sbatch', 'Makefile', 'tools/Makefile', 'serve.mk', 'justfile', '.justfile', 'models.just'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(shellReader, path)));
  for (const path of ['run.sh.txt', 'sh', 'run.py', 'CMakeLists.txt', 'makefile.py'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(shellReader, path)));

  describe('what is fetched', () => {
    table({
      'by hf': ['hf download acme/base-7b', loads],
      'by the older name': ['huggingface-cli download acme/base-7b', loads],
      'behind a switch': ['huggingface-cli download --resume-download acme/base-7b --local-dir x', loads],
      'behind an option with a value': ['huggingface-cli download --local-dir out acme/base-7b', loads],
      'files of it': ['hf download acme/base-7b config.json --include "*.json"', loads],
      'at a revision': ['hf download acme/base-7b --revision 0123abcd', 'loads hub:acme/base-7b @0123abcd <- acme/base-7b'],
      'at a revision set elsewhere': ['hf download acme/base-7b --revision $REV', 'loads hub:acme/base-7b @set elsewhere <- acme/base-7b'],
      'a data set': ['hf download acme/data --repo-type dataset', data],
      'a data set, inline': ['hf download --repo-type=dataset acme/data', data],
      'a space': ['hf download acme/demo --repo-type space'],
      'by git': ['git clone https://huggingface.co/acme/base-7b', 'loads hub:acme/base-7b <- https://huggingface.co/acme/base-7b'],
      'by git, with an ending': [
        'git clone --depth 1 https://huggingface.co/acme/base-7b.git x',
        'loads hub:acme/base-7b <- https://huggingface.co/acme/base-7b.git',
      ],
      'by git, a data set': [
        'git lfs clone https://huggingface.co/datasets/acme/data',
        'loads hub:datasets/acme/data <- https://huggingface.co/datasets/acme/data',
      ],
      'code by git': ['git clone https://github.com/acme/code'],
      'by wget, from a host that is set elsewhere': [
        'wget -P x "$HF_ENDPOINT/datasets/acme/banks/resolve/main/a.json"',
        'loads hub:datasets/acme/banks @main <- datasets/acme/banks/resolve/main/a.json',
      ],
      'by curl, from a host with another in its place': [
        'curl -L ${HOST:-https://hf-mirror.com}/acme/base-7b/resolve/main/model.bin -o m.bin',
        'loads hub:acme/base-7b @main <- acme/base-7b/resolve/main/model.bin',
      ],
      'by wget, from a folder that is set elsewhere': ['wget "$HOST/acme/base-7b/main/model.bin" "$HOST/more/acme/base-7b/resolve/main/model.bin"'],
      'by wget': [
        'wget -c https://huggingface.co/acme/base-7b/resolve/main/model.bin -O m.bin',
        'loads hub:acme/base-7b @main <- https://huggingface.co/acme/base-7b/resolve/main/model.bin',
      ],
      'by curl from a mirror': [
        'curl -L "https://hf-mirror.com/acme/base-7b/resolve/v1/x.gguf" -o x.gguf',
        'loads hub:acme/base-7b @v1 <- https://hf-mirror.com/acme/base-7b/resolve/v1/x.gguf',
      ],
      'by a function of its own': [
        'get_file https://huggingface.co/acme/base-7b/resolve/main/a.bin',
        'loads hub:acme/base-7b @main <- https://huggingface.co/acme/base-7b/resolve/main/a.bin',
      ],
      'a link that is only shown': ['echo "see https://huggingface.co/acme/base-7b/resolve/main/a.bin"'],
      'for torchtune': ['tune download acme/base-7b --output-dir /tmp', loads],
      'in a substitution': ['DIR=$(hf download acme/base-7b)', loads],
      'in backticks': ['DIR=`hf download acme/base-7b`', loads],
      'behind wrappers': ['sudo -E nohup uvx hf download acme/base-7b &', loads],
      'between quotes of another shell': ['bash -c "cd /x && hf download acme/base-7b"', loads],
      'between quotes within quotes': ['ssh host "bash -c \'hf download acme/base-7b\'"', loads],
      'in an install command': ['pip install vllm serve acme/base-7b'],
      'in a message': ['echo hf download acme/base-7b'],
      'in a comment': ['# hf download acme/base-7b\necho model'],
      'behind a comment': ['true # x\nhf download acme/base-7b # y', loads],
      'in text that is fed to something': [lines('cat <<EOF', 'hf download acme/base-7b', 'EOF')],
      'behind such text': [lines('cat <<-EOF', 'it\'s "', '\tEOF', 'hf download acme/base-7b'), loads],
      'a placeholder': ['hf download your-org/your-model\nhf download <org>/<model>\nhf download org/$NAME'],
      'from a library of models': ['ollama pull llama3.1:70b', 'loads hub:meta-llama/Llama-3.1-70B-Instruct <- llama3.1:70b'],
      'from a library, without a size': ['ollama run llama3.1 "hello"', 'loads hub:meta-llama/Llama-3.1-8B-Instruct <- llama3.1'],
      'from a library, quantised': ['ollama pull qwen2.5:3b-instruct-q4_K_M', 'loads hub:Qwen/Qwen2.5-3B-Instruct <- qwen2.5:3b-instruct-q4_K_M'],
      'from the hub by way of a library': ['ollama run hf.co/acme/base-7b:Q4_K_M', 'loads hub:acme/base-7b <- hf.co/acme/base-7b:Q4_K_M'],
      'what no library has': ['ollama run my-own-model'],
    });
  });

  describe('what is served', () => {
    table({
      'by vllm': [`${serve} acme/base-7b --port 8000`, loads],
      'by vllm, behind options': [`${serve} --port 8000 --trust-remote-code acme/base-7b`, loads],
      'by its module': ['python -m vllm.entrypoints.openai.api_server --model acme/base-7b', loads],
      'by another Python': ['/opt/venv/bin/python3.11 -u -m vllm.entrypoints.api_server --model=acme/base-7b', loads],
      'by sglang': ['python3 -m sglang.launch_server --model-path acme/base-7b --tp 8', loads],
      'by text-generation-launcher': ['text-generation-launcher --model-id acme/base-7b --revision main', 'loads hub:acme/base-7b @main <- acme/base-7b'],
      'by llama.cpp': ['./build/bin/llama-server -hf acme/base-7b:Q4_K_M -c 4096', 'loads hub:acme/base-7b <- acme/base-7b'],
      'by llama.cpp from a file': ['llama-server -m models/x.gguf'],
      'by lmdeploy': ['lmdeploy serve api_server acme/base-7b --tp 2', loads],
      'by an image': ['docker run --gpus all -p 8000:8000 -e HF_TOKEN=x vllm/vllm-openai:latest --model acme/base-7b', loads],
      'by an image of some registry': ['docker run mirror.example.com/ghcr.io/huggingface/text-generation-inference:2.0 --model-id acme/base-7b', loads],
      'by an image of their own': ['docker run acme/server --model-id acme/base-7b'],
      'by an image, told by its environment': ['docker run -e MODEL_ID=acme/base-7b ghcr.io/huggingface/text-generation-inference:2.0', loads],
      'by a script': ['python demo.py --model_name_or_path acme/base-7b', loads],
      'by a program that nobody knows': ['our-server --model-id acme/base-7b', loads],
      'with an option that may be anything': ['our-server --model acme/base-7b'],
      'with an option that may be anything, of a known model': ['python demo.py --model Qwen/Qwen2.5-3B', 'loads hub:Qwen/Qwen2.5-3B <- Qwen/Qwen2.5-3B'],
      'with an option that may be anything, of what can only be a model': [
        'python demo.py --model-path Acme/base-1.5-7B',
        'loads hub:Acme/base-1.5-7B <- Acme/base-1.5-7B',
      ],
      'with an option that may be anything, of what may be a folder': ['python demo.py --model-path exports/base-7B'],
      'with a draft beside it': [`${serve} acme/base-7b --draft-model acme/small`, loads, 'loads hub:acme/small <- acme/small'],
      'from a folder': [`${serve} ./out/model`],
      'from a folder of models': [`${serve} output_models/lora`],
      'from a checkpoint': [`${serve} out/checkpoint-500`],
    });
    it('takes a tokenizer for what it is', () => assert.equal(relations(`${serve} acme/base-7b --tokenizer acme/words`)[1]?.via, 'tokenizer or configuration'));
    it('tells that code of the repository may run', () =>
      assert.deepEqual(
        relations(`${serve} acme/a --trust-remote-code\n${serve} acme/b`).map((fact) => fact.remoteCode),
        [true, false],
      ));
    it('knows when that is switched off', () =>
      assert.equal(relations('python train.py --model_name_or_path acme/a --trust_remote_code False')[0]?.remoteCode, false));
    it('tells what could be pinned', () =>
      assert.deepEqual(
        relations(`${serve} acme/a\nollama run llama3.1`).map((fact) => fact.pinnable),
        [true, false],
      ));
  });

  describe('what is trained', () => {
    const train = 'python train.py --model_name_or_path acme/base-7b';
    table({
      'by the name of the script': [train, tuned],
      'by a launcher': ['accelerate launch --config_file ds.yaml --num_processes 8 src/train_sft.py --model_name_or_path acme/base-7b', tuned],
      'by torchrun': ['torchrun --nproc_per_node=8 -m acme.cli.train_dpo --model_name_or_path acme/base-7b', tuned],
      'by deepspeed': ['deepspeed --include localhost:0,1 finetune.py --model_name_or_path acme/base-7b', tuned],
      'by srun and a variable': ['srun $LAUNCHER python -u train.py --model_name_or_path acme/base-7b', tuned],
      'by the options of a script': ['python run.py --model_name_or_path acme/base-7b --learning_rate 1e-5 --num_train_epochs 3', tuned],
      'by one such option': ['python run.py --model_name_or_path acme/base-7b --epochs 3', loads],
      'by a script of the shell': [
        'bash scripts/run_finetune.sh --model_name_or_path acme/base-7b --dataset_path data/x',
        tuned,
        'trainedOn local:data/x <- data/x',
      ],
      'by overrides of a configuration': [
        'python3 -m acme.trainer.main_ppo data.train_files=data/train.parquet actor_rollout_ref.model.path=acme/base-7b critic.model.path=acme/critic',
        tuned,
        'trainedOn local:data/train.parquet <- data/train.parquet',
        'loads hub:acme/critic <- acme/critic',
      ],
      'with an adapter': [`${train} --use_lora True --lora_r 8`, adapted],
      'with an adapter by its kind': [`${train} --stage sft --finetuning_type lora`, adapted],
      'with an adapter switched off': [`${train} --use_lora False`, tuned],
      'with an adapter, by the name of the script': ['python train_lora.py --base_model acme/base-7b', adapted],
      'on a data set': [`${train} --dataset_name acme/data`, tuned, trained],
      'on data sets with weights': [
        `${train} --dataset_mixer_list acme/data 1.0 acme/more 0.5 --seed 1`,
        tuned,
        trained,
        'trainedOn hub:datasets/acme/more <- acme/more',
      ],
      'on data sets in one text': [`${train} --train_dataset "['acme/data','acme/more']"`, tuned, trained, 'trainedOn hub:datasets/acme/more <- acme/more'],
      'on a file': [`${train} --data_path ./data/train.json`, tuned, 'trainedOn local:data/train.json <- ./data/train.json'],
      'on a file elsewhere': [`${train} --data_path ~/sets/train.json`, tuned, 'trainedOn local:~/sets/train.json <- ~/sets/train.json'],
      'on a file that is known by its name': [
        `${train} --data_path ./play/llava_instruct_80k.json`,
        tuned,
        'trainedOn local:play/llava_instruct_80k.json <- ./play/llava_instruct_80k.json',
        'copiedFrom hub:datasets/liuhaotian/LLaVA-Instruct-150K <- ./play/llava_instruct_80k.json',
      ],
      'on a split of a folder': [`${train} --dataset_name MedMCQA/train`, tuned, 'trainedOn local:MedMCQA/train <- MedMCQA/train'],
      'on what could be anything': [`${train} --dataset mine/own`, tuned],
      'on names of a table': [
        'llamafactory-cli train --stage sft --model_name_or_path acme/base-7b --dataset mine,alpaca_en --dataset_dir data',
        tuned,
        'trainedOn local:dataset_info#mine <- mine',
        'trainedOn local:dataset_info#alpaca_en <- alpaca_en',
        'copiedFrom hub:datasets/llamafactory/alpaca_en <- alpaca_en',
      ],
      'with data to test on': [`${train} --eval_data_path data/dev.json`, tuned, 'testedOn local:data/dev.json evaluation <- data/dev.json'],
      'beside an encoder': [`${train} --vision_tower acme/eyes`, tuned, 'loads hub:acme/eyes <- acme/eyes'],
      'under a teacher': [`${train} --teacher_model acme/big`, tuned, 'distilledFrom hub:acme/big <- acme/big'],
      'at a revision': [`${train} --model_revision 0123abc`, 'finetune hub:acme/base-7b @0123abc <- acme/base-7b'],
      'from a folder elsewhere': ['python train.py --model_name_or_path ~/weights/base-7b', 'finetune local:~/weights/base-7b <- ~/weights/base-7b'],
      'from what stands for a folder': ['python train.py --model_name_or_path /path/to/model --data_path /path/to/data.json'],
      'and published': [`${train} --push_to_hub --hub_model_id acme/ours`, tuned, 'publishes hub:acme/ours <- acme/ours', 'name ours <- acme/ours'],
      'by a command of a trainer': ['trl sft --model_name_or_path acme/base-7b --dataset_name acme/data', tuned, trained],
      'and only merged': ['python merge_lora.py --base_model acme/base-7b --lora_path acme/lora', loads, 'loads hub:acme/lora <- acme/lora'],
    });
    it('names the folder that is written', () => assert.equal(relations(`${train} --output_dir ./checkpoints/ours-7b`)[0]?.from, 'local:checkpoints/ours-7b'));
    it('names the script otherwise', () => assert.equal(relations(`${train} --output_dir out`, 'a/x.sh')[0]?.from, 'local:a/x.sh#model'));
    it('tells two models of one script apart', () =>
      assert.deepEqual(
        relations(`${train}\npython train.py --model_name_or_path acme/b\n${train} --dataset_name acme/data`).map((fact) => fact.from),
        ['local:run.sh#model', 'local:run.sh#model-2', 'local:run.sh#model', 'local:run.sh#model'],
      ));
  });

  describe('what is evaluated', () => {
    table({
      'by the harness': ['lm_eval --model hf --model_args pretrained=acme/base-7b,dtype=float16 --tasks x', judged],
      'by the harness, quoted': ['accelerate launch -m lm_eval --model_args "pretrained=acme/base-7b,trust_remote_code=True"', judged],
      'by a script of that name': ['python eval/run_eval.py --model_name_or_path acme/base-7b', judged],
      'by a script that does nothing else': ['python run.py --do_predict --model_name_or_path acme/base-7b', judged],
      'in a function of that name': ['run_eval() {\n  python x.py --model_id acme/base-7b\n}', judged],
      'with a judge': ['python gen.py --model_id acme/base-7b --judge_model acme/judge', loads, 'loads hub:acme/judge evaluation <- acme/judge'],
    });
    it('by the path of the file', () => assert.deepEqual(shownBy(shellReader, 'benchmarks/run.sh', `${serve} acme/base-7b`), [judged]));
    it('as docs do', () => assert.deepEqual(shownBy(shellReader, 'docs/run.sh', `${serve} acme/base-7b`), ['loads hub:acme/base-7b mention <- acme/base-7b']));
  });

  describe('what is published', () => {
    table({
      'a model': ['hf upload acme/ours ./out', 'publishes hub:acme/ours <- acme/ours', 'name ours <- acme/ours'],
      'a data set': ['huggingface-cli upload acme/rows data --repo-type dataset', 'publishes hub:datasets/acme/rows <- acme/rows'],
    });
    it('from its folder', () => assert.equal(relations('hf upload acme/ours ./out/best')[0]?.from, 'local:out/best'));
  });

  describe('where the id stands', () => {
    const run = `${serve} "$MODEL"`;
    table({
      'in a variable': [lines('MODEL=acme/base-7b', run), loads],
      'in quotes': [lines('MODEL="acme/base-7b"', run), loads],
      'in single quotes': [lines("MODEL='acme/base-7b'", run), loads],
      'in an exported variable': [lines('export MODEL=acme/base-7b', run), loads],
      'in a local one': [lines('f() {', '  local MODEL=acme/base-7b', `  ${run}`, '}'), loads],
      'in a variable of another function': [lines('f() {', '  MODEL=acme/base-7b', '}', 'g() {', `  ${run}`, '}')],
      'in braces': [lines('MODEL=acme/base-7b', `${serve} \${MODEL}`), loads],
      'in the last of several': [lines('MODEL=acme/old', 'MODEL=acme/base-7b', run, 'MODEL=acme/later'), loads],
      'in the tail of a joined one': [lines('NAME=base-7b', `${serve} acme/$NAME`), 'loads hub:acme/base-7b <- acme/$NAME'],
      'in the head of a joined one': [lines('ORG=acme', `${serve} $ORG/base-7b`)],
      'in the head of a joined one that is known': [lines('ORG=Qwen', `${serve} $ORG/Qwen2.5-3B`), 'loads hub:Qwen/Qwen2.5-3B <- $ORG/Qwen2.5-3B'],
      'in a variable of a variable': [lines('A=acme/base-7b', 'MODEL=$A', run), loads],
      'in a default': [`${serve} \${MODEL:-acme/base-7b}`, loads],
      'in a quoted default': [`${serve} "\${MODEL:-"acme/base-7b"}"`, loads],
      'in the default of an argument': [lines('MODEL=${1:-acme/base-7b}', run), loads],
      'in a default that is set': [lines(': "${MODEL:=acme/base-7b}"', run), loads],
      'in a default that is never used': [lines('MODEL=acme/base-7b', `${serve} \${MODEL:-acme/other}`), loads],
      'in both branches': [lines('if x; then', '  MODEL=acme/base-7b', 'else', '  MODEL=acme/other', 'fi', run), 'loads hub:acme/other <- acme/other', loads],
      'in an arm of a case': [lines('MODEL=acme/base-7b', 'case $1 in', '  --model) MODEL="$2"; shift ;;', '  -h|--help) usage ;;', 'esac', run), loads],
      'behind a test': [lines('[ -z "$MODEL" ] && MODEL=acme/base-7b', run), loads],
      'in a loop': [lines('for m in acme/base-7b acme/other; do', `  ${serve} $m`, 'done'), loads, 'loads hub:acme/other <- acme/other'],
      'in a list': [
        lines('MODELS=(', '  acme/base-7b # one', '  "acme/other"', ')', 'for m in "${MODELS[@]}"; do', `  ${serve} $m`, 'done'),
        loads,
        'loads hub:acme/other <- acme/other',
      ],
      'in a list with names': [lines('declare -A M=([a]=acme/base-7b ["b"]=acme/other)', `${serve} "\${M[$1]}"`), loads, 'loads hub:acme/other <- acme/other'],
      'in a list of options': [lines('ARGS=(', '  --model-id acme/base-7b', ')', 'ARGS+=(--port 80)', 'text-generation-launcher "${ARGS[@]}"'), loads],
      'in a text of options': [lines('ARGS="--port 80 \\', '  --model-id acme/base-7b"', 'text-generation-launcher $ARGS'), loads],
      'in a text that is run': [lines('CMD="vllm serve acme/base-7b"', 'eval $CMD'), loads],
      'at a call of a function': [lines('go() {', `  ${serve} "$1"`, '}', 'go acme/base-7b'), loads],
      'over lines': [lines(`${serve} \\`, '  --port 80 \\', '  --served-model-name x \\', '  acme/base-7b'), loads],
      'over lines with CRLF': [`${serve} \\\r\n  acme/base-7b\r\n`, loads],
      'over lines without backslashes': [lines('python demo.py', '  --x 1', '--model_name_or_path acme/base-7b'), loads],
      'over lines with one taken out': [lines('python demo.py \\', '  # --x 1 \\', '  --model_name_or_path acme/base-7b'), loads],
      'in a variable that nothing sets': [run],
      'in what a command says': [lines('MODEL=$(cat model.txt)', run)],
      'in a variable that means itself': [lines('MODEL=$MODEL', run)],
      'in variables that mean each other': [lines('A=$B', 'B=$A', `${serve} $A`)],
      'in a changed variable': [lines('MODEL=acme/base-7b', `${serve} \${MODEL##*/}`)],
      'behind other letters': [lines('X="é😀"', `${serve} acme/base-7b`), loads],
      'in quotes that never end': [`${serve} "acme/base-7b`, loads],
      'behind an arithmetic': [lines('((i++)); for ((i=0; i<3; i++)); do :; done', run.replace('$MODEL', 'acme/base-7b')), loads],
      'behind brackets': [lines('[[ $# -gt 0 && "$1" == "a(b" ]] || exit', `${serve} acme/base-7b`), loads],
      'twice in one place': [lines('M=acme/base-7b', `${serve} $M`, `${serve} $M`), loads],
    });
  });

  describe('code that a script carries', () => {
    const code = 'AutoModel.from_pretrained';
    table({
      'fed to Python': [lines("python - <<'EOF'", `${code}("acme/base-7b")`, 'EOF'), loads],
      'fed to Python without a dash': [lines('python3 <<PY', `  ${code}("acme/base-7b")`, 'PY'), loads],
      'as an argument': [`python -c 'from x import y; ${code}("acme/base-7b")'`, loads],
      'as an argument in double quotes': [`python -c "${code}(\\"acme/base-7b\\")"`, loads],
      'written to a file': [lines('cat > run.py <<EOF', `${code}("acme/base-7b")`, 'EOF'), loads],
      'written to a note': [lines('cat > run.txt <<EOF', `${code}("acme/base-7b")`, 'EOF')],
      'a configuration': [lines('cat <<EOF > config/train.yaml', 'base_model: acme/base-7b', 'num_epochs: 1', 'EOF'), tuned],
      'a Modelfile': [lines('cat > Modelfile <<EOF', 'FROM llama3.1', 'EOF'), 'loads hub:meta-llama/Llama-3.1-8B-Instruct <- llama3.1'],
    });
  });

  describe('recipes of make', () => {
    const make = (text: string): readonly string[] => shownBy(shellReader, 'Makefile', text);
    it('are commands', () => assert.deepEqual(make(`serve: deps\n\t@${serve} acme/base-7b\n`), [loads]));
    it('see variables of the file', () => assert.deepEqual(make(`MODEL ?= acme/base-7b # ours\n\nserve:\n\t${serve} $(MODEL) --port 1\n`), [loads]));
    it('see them when they come later', () => assert.deepEqual(make(`serve:\n\t-${serve} $(MODEL)\nMODEL := acme/base-7b\n`), [loads]));
    it('have variables of the shell', () => assert.deepEqual(make(`serve:\n\tM=acme/base-7b; ${serve} $$M\n`), [loads]));
    it('go on over lines', () => assert.deepEqual(make(`serve:\n\t${serve} \\\n\t  acme/base-7b\n`), [loads]));
    it('and nothing else is', () => assert.deepEqual(make(`x = vllm\n${serve} acme/base-7b\n`), []));
  });

  describe('recipes of just', () => {
    const just = (text: string): readonly string[] => shownBy(shellReader, 'justfile', text);
    it('are commands', () => assert.deepEqual(just(`serve:\n    @${serve} acme/base-7b\n`), [loads]));
    it('see variables of the file', () => assert.deepEqual(just(`model := "acme/base-7b"\nserve:\n    ${serve} {{model}}\n`), [loads]));
    it('see defaults of parameters', () => assert.deepEqual(just(`serve model="acme/base-7b" port='1':\n    ${serve} {{ model }}\n`), [loads]));
  });

  it('holds what is too long back aloud', () => {
    const text = `${serve} acme/base-7b\n${'x y\n'.repeat(limits.shellWords)}`;
    const { problems, facts } = readWith(shellReader, 'run.sh', text);
    assert.equal(facts.length, 1);
    assert.deepEqual(
      problems.map((problem) => problem.limit),
      [true],
    );
  });

  it('follows a web of names only so far', () => {
    const web = Array.from({ length: 40 }, (_, at) => Array.from({ length: 24 }, () => `if x; then V${at}=$V${at + 1}; fi`).join('\n')).toReversed();
    const started = cpuTime();
    readWith(shellReader, 'run.sh', `${web.join('\n')}\n${`${serve} $V0\n`.repeat(50)}`);
    assert.ok(cpuTime() - started < 4000);
  });

  for (const [name, piece] of Object.entries({
    substitutions: '$(',
    quotes: '"$(',
    defaults: '${a:-',
    cases: 'case x in a) ',
    brackets: '((',
    tests: '[[ ',
    documents: '<<A ',
    branches: 'if x; then ',
  }))
    it(`ends on a file of nothing but ${name}`, () => {
      const started = cpuTime();
      readWith(shellReader, 'run.sh', `vllm\n${piece.repeat(60_000)}`);
      assert.ok(cpuTime() - started < 3000);
    });

  it('is put in its place in a file with several readers', () => {
    const text = `#!/bin/sh\n${serve} acme/base-7b\n`;
    const artefact = readArtefact({ path: 'run.sh', bytes: encode(text), size: text.length }, testKnowledge());
    const [fact] = artefact.facts;
    assert.deepEqual([artefact.places.get(fact?.id ?? '')?.line, artefact.places.get(fact?.id ?? '')?.column], [2, 12]);
  });

  it('never throws', () => {
    const sample = lines(
      '#!/bin/bash',
      'MODEL=${1:-"acme/base-7b"}',
      'ARGS=(--model_name_or_path "$MODEL" --dataset_name acme/data)',
      'for m in acme/a "acme/b"; do',
      '  case $m in a|b) vllm serve $m --revision main ;; *) echo $(hf download $m) ;; esac',
      'done',
      'if [[ -n "$X" ]]; then accelerate launch train.py "${ARGS[@]}" --output_dir out/$m; fi',
      "python - <<'EOF'",
      'AutoModel.from_pretrained("acme/base-7b")',
      'EOF',
      'bash -c "ollama pull llama3.1 && lm_eval --model_args pretrained=acme/a"',
    );
    for (const path of ['run.sh', 'Makefile', 'justfile']) fuzzText(shellReader, path, path === 'run.sh' ? sample : `a:\n${sample.replace(/^/gm, '\t')}`);
  });
});
