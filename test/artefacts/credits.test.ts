import assert from 'node:assert/strict';
import { creditsReader } from '../../server/src/artefacts/prose/credits.ts';
import { fuzzText, matchesPath, readWith } from './reading.ts';

const shown = (text: string, path = 'README.md'): readonly string[] =>
  readWith(creditsReader, path, text).facts.map((fact) =>
    fact.kind === 'relation' ? `${fact.via.replace('credited as ', '')} ${fact.to.replace('pkg:github/', '')}` : '',
  );

const river = '[River](https://github.com/acme-lab/river)';

describe('READMEs that say where code came from', () => {
  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'code that is adapted': [`Our code is largely adapted from ${river}.`, 'taken acme-lab/river'],
    'without a verb before it': [`The folder has scripts borrowed from ${river}.`, 'taken acme-lab/river'],
    'what we took': [`We borrowed a lot of code from ${river}.`, 'taken acme-lab/river'],
    'what is cited and modified': [`Some code in this project is cited and modified from ${river}.`, 'taken acme-lab/river'],
    'code that is referenced from': [`The code for flows is mainly referenced from ${river}.`, 'taken acme-lab/river'],
    'a modification of it': [`* This repo is a modification on the ${river}. Installation follows that repo.`, 'taken acme-lab/river'],
    'a modification that readers make': [`Any modification of the ${river} repo is welcome.`],
    'code that comes from it': [`Most of the code comes from ${river}.`, 'taken acme-lab/river'],
    'code that is from it': [`The training scripts are mainly from ${river}.`, 'taken acme-lab/river'],
    'where a project is from': [`This project is from the lab that made ${river}.`],
    'in Chinese': [`本项目的部分代码修改自 ${river}。`, 'taken acme-lab/river'],
    'data, in Chinese': [`代码使用的数据来自 ${river}。`],
    'thanks, in Chinese': [`感谢 ${river} 的作者提供的代码。`],
    'results that are referenced from': [`The results are referenced from ${river}.`],
    'an address in brackets': ['Code is mostly sourced from the official repository (https://github.com/acme-lab/river) of River.', 'taken acme-lab/river'],
    'several sources': [
      'The implementation is adapted from [A](https://github.com/acme/a), [B](https://github.com/acme/b.git) and [C](https://github.com/acme/c/tree/main/x).',
      'taken acme/a',
      'taken acme/b',
      'taken acme/c',
    ],
    'a list below the sentence': [`Parts of the code are taken from:\n\n- ${river}\n- [B](https://github.com/acme/b)`, 'taken acme-lab/river', 'taken acme/b'],
    'code that is used': [`- **Otter** uses code from ${river}.`, 'used acme-lab/river'],
    'code that is built on other': [`This repository is built upon ${river}.`, 'built on acme-lab/river'],
    'the other way round': [`- ${river}: the codebase we built upon.`, 'built on acme-lab/river'],
    'a fork': [`This is a fork of ${river}.`, 'built on acme-lab/river'],
    'among the thanks': [`## Acknowledgement\n\nSome code is modified from ${river}.`, 'taken acme-lab/river'],
    'the name of known code alone': ['(The script is adapted from the Contriever repository.)', 'taken facebookresearch/contriever'],
    'a short name that is written otherwise': ['The script is adapted from the BPR repository.'],
    'a short name as its repository writes it': ['The script is adapted from the DiT repository.', 'taken facebookresearch/DiT'],
    'a name that is a word': ['The script is adapted from contriever.'],
    'known code under free terms': ['The script is adapted from the nanoGPT repository.'],
    'something in the tree that is adapted': [
      '- The [kitchen](./env/kitchen) task is adapted from [River with stones](https://github.com/acme-lab/river).',
      'taken acme-lab/river',
    ],
    'a script in the tree that is adapted': [`The [tuning](env/tune.py#L3) is adapted from ${river}.`, 'taken acme-lab/river'],
    'a page in the tree that is adapted': [`The [installation guide](docs/INSTALL.md) is adapted from ${river}.`],
    'a picture in the tree that is adapted': [`The [logo](docs/logo.png) was adapted from ${river}.`],
    'a notebook in the tree that is adapted': [`The [tour](docs/tour.ipynb) was adapted from ${river}.`],
    'data in the tree that are adapted': ['The [kitchen](./data/kitchen) task is adapted from [River](https://github.com/acme-lab/river).'],
    'thanks for code under free terms': [`Thanks to ${river} for the code.`],
    'an idea': [`Our code is inspired by ${river} and not copied from it.`],
    'a denial': [`No code was copied from ${river}, unlike others.`],
    data: [`The data of this repository is taken from ${river}.`],
    prompts: [`The files with prompts are adapted from ${river}.`],
    'what readers should do': [`You can use code copied from ${river}.`],
    'a sentence that names the terms': [`Our code is adapted from ${river}, which is under the MIT license.`],
    'terms in the next sentence': [`Our code is adapted from ${river}. It is under its own license.`],
    'a section on others': [`## Related projects\n\nThis code is adapted from ${river}.`],
    'a list of what is installed': [`This project is built on:\n\n- ${river}`],
    'a talk about it': ['The code is taken from [this](https://github.com/acme-lab/river/issues/3).'],
    'a row of a table': [`| The code is adapted from ${river} |`],
    'code that is adopted': [`The code is adopted from both the ${river} repo and [B](https://github.com/acme/b).`, 'taken acme-lab/river', 'taken acme/b'],
    'what borrows from it': [`The face renderer borrows heavily from ${river}.`, 'taken acme-lab/river'],
    'code, and behind a comma what it is': [`This repo contains code, modified from ${river}.`, 'taken acme-lab/river'],
    'a README that begins with it': ['# Otter\n\nTaken from https://github.com/acme-lab/river. All credits to the authors.', 'taken acme-lab/river'],
    'a figure that is taken from it': [`Figure taken from ${river}.`],
    'data of a section': [`## Datasets\n\nTaken from ${river}.`],
    'code that is based on it': [`Code is largely based on ${river}.`, 'built on acme-lab/river'],
    'code that is built with it': [`This repository is built using the ${river} library.`, 'built on acme-lab/river'],
    'code that refers to it': [`Our code referred to the ${river}.`, 'built on acme-lab/river'],
    'what readers are referred to': [`For the code please refer to ${river}.`],
    'thanks for code that bars commerce': [
      'We thank the authors of [DiT](https://github.com/facebookresearch/DiT) for their great code.',
      'built on facebookresearch/DiT',
    ],
    'thanks for data': ['We thank the authors of [DiT](https://github.com/facebookresearch/DiT) for their code and dataset.'],
    'a list of thanks': [
      '## Acknowledgements\n\n1. [DiT](https://github.com/facebookresearch/DiT)\n2. [B](https://github.com/acme/b)',
      'built on facebookresearch/DiT',
    ],
    'a list of links': ['## Links\n\n1. [DiT](https://github.com/facebookresearch/DiT)'],
    'terms that bar commerce': [
      'The blocks are modules adapted from [DiT](https://github.com/facebookresearch/DiT), which is under a CC BY-NC 4.0 license.',
      'used facebookresearch/DiT',
    ],
    'what is typed': ['```\ncode adapted from https://github.com/acme-lab/river\n```'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));

  it('reads READMEs and cards, beside licence texts too', () =>
    assert.deepEqual(
      ['README.md', 'a/README_zh.md', 'docs/guide.md', 'LICENSE/README.md'].map((path) => matchesPath(creditsReader, path)),
      [true, true, false, true],
    ));

  it('ends after a number of sources, and says so', () => {
    const list = Array.from({ length: 60 }, (_, at) => `The code is adapted from https://github.com/acme/a${at}.`).join('\n\n');
    const reading = readWith(creditsReader, 'README.md', list);
    assert.equal(reading.facts.length, 50);
    assert.equal(reading.problems.length, 1);
  });

  it('never throws', () =>
    fuzzText(
      creditsReader,
      'README.md',
      `Our code is adapted from ${river}. We borrowed code from the Contriever repository.\n- ${river}: the codebase we built upon`,
    ));
});
