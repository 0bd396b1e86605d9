import assert from 'node:assert/strict';
import { claimsReader } from '../../server/src/artefacts/prose/claims.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

const shown = (text: string, path = 'README.md'): readonly string[] => shownBy(claimsReader, path, text);

const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'a name in brackets': ['Under a permissive license (CC-BY-SA 4.0).', 'claim permissive any CC-BY-SA-4.0 <- permissive license (CC-BY-SA 4.0'],
  'a name without a version': ['Under a permissive license (CC BY-NC).', 'claim permissive any category:non-commercial <- permissive license (CC BY-NC'],
  'a name that is a link': ['permissive [`CC BY-NC 4.0` license](x) for all', 'claim permissive any CC-BY-NC-4.0 <- permissive [`CC BY-NC 4.0` license'],
  'a name that is as it is called': ['Under a permissive license (MIT). The permissive Apache 2.0 license.'],
  'share-alike is no contradiction of open source': ['The data are open source under CC BY-SA 4.0.', 'claim open-source data <- open source'],
  'our models': ['Our models are fully open-source.', 'claim open-source weights <- open-source'],
  'our models, in passing': ['Our open-source Otter series models can be used.', 'claim open-source weights <- open-source'],
  'models of others, in passing': ['Our evaluation of open-source models. We thank the open-source models.'],
  'a series by its name': ['# Otter-14B\n\n- Otter-14B series models are open-source language models.', 'claim open-source weights <- open-source'],
  'our data': ['This dataset is free for commercial use.', 'claim unrestricted data <- free for commercial use'],
  'our code': ['The code of this project is open-sourced.', 'claim open-source code <- open-sourced'],
  'a sentence with the name of the title': ['# Otter\n\nOtter is an open-source vision-language model.', 'claim open-source weights <- open-source'],
  'a title': ['# Otter: an open-source model', 'claim open-source weights <- open-source'],
  'an aim': ['Our primary objective is to deliver an array of open-source language models.', 'claim open-source weights <- open-source'],
  'a model, in Chinese': ['水獭是由我们开发的一个开源可商用的大规模语言模型。', 'claim open-source weights <- 开源可商用'],
  'a model and data, in Chinese': ['全部开源，完全可商用的**中文版 Otter 模型及数据**。', 'claim open-source weights <- 全部开源，完全可商用'],
  'models of others, in Chinese': ['支持主流的开源可商用模型。如果模型开源可商用，很好。'],
  'a base, in Chinese': ['本项目基于 Baichuan-7B，这是一个开源可商用的大规模语言模型。底座是开源可商用的模型。模型的基座完全可商用。'],
  'an aim that is a framework': ['Our goal is to provide an open-source model serving framework.', 'claim open-source code <- open-source'],
  'an aim that is a pipeline': ['Our goal is to provide an open-source data pipeline.'],
  'a pipeline of ours': ['We present our open-source data processing pipeline and our open-source model-training scripts.'],
  'models and tools of ours': ['Our open-source Otter models and tools can be used.', 'claim open-source weights <- open-source'],
  'a title of a framework': ['# Otter: an open-source model serving framework', 'claim open-source code <- open-source'],
  'a title of a pipeline': ['# Otter: an open-source data pipeline'],
  'a line of contents': ['# Otter\n\n- [Otter: an open-source model](#otter)'],
  'another name': ['# Otter\n\nBeaver is an open-source model.'],
  'code that shows it': ['```\nOur models are open-source.\n```'],
  'rights that are reserved': ['# Otter\n\n## License\n\nProprietary — All rights reserved.', 'claim reserved any <- Proprietary'],
  'rights that are reserved beside a licence': ['# Otter\n\n## License\n\nAll rights reserved where the MIT License does not grant them.'],
  'rights that are reserved in another section': ['# Otter\n\n## Models\n\nWe compare proprietary models.'],
  'rights that are reserved at the foot': ['# Otter\n\nIt swims.\n\n© 2024 Acme. All rights reserved.', 'claim reserved any <- All rights reserved.'],
  'rights that are reserved behind an abbreviation': ['# Otter\n\n© 2024 Acme Ltd. All rights reserved.', 'claim reserved any <- All rights reserved.'],
  'a sentence on reserved rights': ['# Otter\n\nCopyright statements often say that all rights reserved is the default, which we avoid.'],
  'a deed': ['We are open-sourcing Otter 2, a strong model of rivers.', 'claim open-source weights <- open-sourcing'],
  'a deed among others': ['We have trained an otter and open sourced the checkpoint of this model.', 'claim open-source weights <- open sourced'],
  'a deed with code': ['We open-sourced the training code of the model.', 'claim open-source code <- open-sourced'],
  'a deed of a name': ['# Otter\n\n## News\n\n- We open-source Otter.', 'claim open-source any <- open-source'],
  'a deed to come': ['We will open-source the models. If we open-source the model, rejoice. We plan to open-source our data.'],
  'a deed of others': ['They open-sourced the model. We use open-source models. We are open-source enthusiasts.'],
  'what is open now': ['# Otter\n\nOtter-7B and Otter-7B-Chat are fully open source.', 'claim open-source weights <- open source'],
  'what of others is open': ['# Otter\n\nBeaver-7B is fully open source.'],
  'a model that is presented': ['# By the lake\n\nWe introduce Otter, a novel strong open-source speech model.', 'claim open-source weights <- open-source'],
  'a model that is for others': ['# Otter\n\nOtter is a toolbox for open-source models.'],
  'a deed, in Chinese': ['我们开源了 Otter-7B 模型。', 'claim open-source weights <- 我们开源了'],
  'what is open now, in Chinese': ['Otter-7B 目前已完全开源，支持商用。', 'claim open-source weights <- 已完全开源，支持商用'],
  'a deed at another place': ['# Otter\n\nWe open-sourced [Beaver](https://github.com/lab/beaver), a model.'],
  'a model of another place, in Chinese': ['最新的 [Beaver](https://github.com/lab/beaver) 模型已经正式开源。'],
  'code that is open, in Chinese': ['本项目开源了模型的训练代码。', 'claim open-source code <- 开源了'],
  'deeds to come and of others, in Chinese': ['即将全面开源模型。感谢他们开源了模型。已开源的模型很多。我们使用的开源模型。'],
  'a section about others': ['# Otter\n\n## Related work\n\nOur model is open source.'],
};

describe('claims', () => {
  it('are read in READMEs and cards', () => assert.ok(matchesPath(claimsReader, 'a/README_en.md') && !matchesPath(claimsReader, 'docs/guide.md')));
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(`of ${name}`, () => assert.deepEqual(shown(text), expected));
  it('of tests and docs are nobody’s', () => assert.deepEqual(shown('Our models are open-source.', 'tests/x/README.md'), []));
  it('are read in little time, whatever stands there', () => {
    const started = cpuTime();
    for (const piece of ['open source ', 'our model ', 'permissive ', 'the the ', 'a is an open-source x ', 'permissive license ('])
      shown(piece.repeat(20_000));
    assert.ok(cpuTime() - started < 5_000);
  });
  it('never throw', () => fuzzText(claimsReader, 'README.md', '# Otter\n\nOur models are open-source, under a permissive license (CC-BY-SA 4.0).\n'));
});
