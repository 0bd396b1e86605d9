import { spanOf } from '../../text/span.ts';
import type { LicenceStatement } from './statements.ts';
import type { Unit } from './units.ts';

/** `stated` of terms that leave commerce to a permission which has to be applied for. */
export const byApplication = 'category:use-restricted';

const weights = /\b(?:models?|weights?|checkpoints?)\b|模型|权重/i;
const section = /licen[cs]e|许可|协议|授权|ライセンス/i;

const permission = String.raw`(?:(?:official\s+)?commercial\s+(?:licen[cs]e|authori[sz]ation)|written\s+(?:authori[sz]ation|permission|consent))`;
/** "To apply for a commercial license, please fill in ...", "for commercial purposes, ... apply for written authorization". */
const applied = new RegExp(
  String.raw`\b(?:apply(?:ing)?\s+for|register(?:ing)?\s+(?:and|for)|request(?:ing)?|obtain(?:ing)?)\b[^.;]{0,60}?\b${permission}(?!\w)|\bcommercial\s+(?:use|usage|purposes?)\b[^.;]{0,100}?\b(?:apply\s+for|register|${permission})(?!\w)`,
  'i',
);
/** "向许可方申请书面授权", "可申请免费的商业使用授权", "如需申请商业许可证", "如需商用，请填写问卷申请". */
const appliedInChinese =
  /(?:申请|获得|获取|取得|洽谈)[^。；\n]{0,16}?(?:书面|商业|商用|官方)[^。；\n]{0,6}?(?:授权|许可)(?:证|事宜)?|如需商用[^。；\n]{0,12}(?:申请|填写|联系)[^。；\n]{0,40}/;
const commerce = /\bcommercial|商用|商业/i;
/** Terms of what was taken, and of whatever else is named. */
const others = /\b(?:third[- ]part(?:y|ies)|original|respective|upstream|base\s+model|API|platform|product)\b|原始|第三方|各自|原作者|遵循原|API|平台/i;

/** Weights that may be used in commerce once somebody applied for it: `lead` is the sentence before, of which this one may say more. */
export const applicationStatement = (unit: Unit, lead: Unit | undefined): LicenceStatement | undefined => {
  if (unit.kind === 'row' || unit.kind === 'heading' || unit.text.length > 2000 || !commerce.test(unit.text)) return undefined;
  const match = applied.exec(unit.text) ?? appliedInChinese.exec(unit.text);
  if (!match || others.test(unit.text)) return undefined;
  const before = lead && lead.start + lead.text.length > unit.start - 8 && lead.kind !== 'heading' ? lead.text : '';
  if (!weights.test(`${before} ${unit.text}`) || !(section.test(unit.headings.at(-1) ?? '') || commerce.test(before))) return undefined;
  const start = unit.start + match.index;
  return {
    span: spanOf(start, start + match[0].trimEnd().length),
    stated: byApplication,
    licences: [],
    scopes: ['weights'],
    speaker: 'licensor',
    part: null,
    partOfCode: false,
  };
};
