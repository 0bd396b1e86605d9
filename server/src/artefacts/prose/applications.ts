import { spanOf } from '../../text/span.ts';
import type { LicenceStatement } from './statements.ts';
import type { Unit } from './units.ts';

/** `stated` of terms that leave commerce to a permission which has to be applied for. */
export const byApplication = 'category:use-restricted';
/** `stated` of a duty that a sentence lays on whoever uses the weights. */
export const byDuty = 'category:duty';

/** "Before using these pre-trained models, you agree to ...": a duty that the use of the weights brings along. */
const agreed =
  /\b(?:before|by|prior\s+to)\s+(?:using|downloading|accessing|loading)\s+(?:(?:any\s+of|the|these|our|this|all)\s+){0,2}(?:(?:pre-?trained|released|provided|[\w.-]{1,30})\s+){0,2}(?:models?|weights|checkpoints?)\b[^.;\n]{0,60}?\b(?:you\s+(?:\w+\s+){0,2}?(?:agree|accept|acknowledge|consent|undertake)|must\s+(?:agree|accept))\b/i;
/** What anybody may be asked for. */
const polite = /\b(?:cite|citation|star|read|acknowledg\w*\s+(?:the\s+)?(?:paper|work|authors?))\b/i;

/** Weights whose use brings a duty along, in words of their own. */
export const agreementStatement = (unit: Unit): LicenceStatement | undefined => {
  const match = unit.kind === 'row' || unit.kind === 'heading' || unit.text.length > 2000 ? null : agreed.exec(unit.text.replace(/[*_]/g, ' '));
  if (!match || polite.test(match[0]) || /^[^.]{0,40}\b(?:licen[cs]e|terms)\b/i.test(unit.text.slice(match.index + match[0].length))) return undefined;
  const start = unit.start + match.index;
  return {
    span: spanOf(start, start + match[0].length),
    stated: byDuty,
    licences: [],
    scopes: ['weights'],
    speaker: 'licensor',
    part: null,
    partOfCode: false,
  };
};

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
/** "fully open to academic research", "free for research": what is open without asking, where the same sentence leaves commerce to a form or a letter. */
const openToResearch =
  /\b(?:open|free|available)\s+(?:to|for)\s+(?:academic|research|scientific|non-?commercial)\b|学术研究[^。；\n]{0,8}开放|对学术[^。；\n]{0,6}开放/i;
/** "For commercial use of the models, please contact us", "free commercial use is allowed after filling in the form", "use them commercially? Ask us". */
const asked =
  /\bcommercial(?:ly|\s+(?:use|usage|purposes?|licen[cs](?:e|es|ing)|applications?))\b[^.;\n]{0,90}?\b(?:contact|e-?mail|reach\s+out|get\s+in\s+touch|write\s+to|fill(?:ing)?\s+(?:in|out)|questionnaire|(?:registration|application)\s+form|check\s+the\s+licen[cs]e)\b|(?:问卷|登记|登记表|申请|联系)[^。；\n]{0,24}?(?:商业使用|商用)/i;
const commerce = /\bcommercial|商用|商业/i;
/** Terms of what was taken, and of whatever else is named. */
const others = /\b(?:third[- ]part(?:y|ies)|original|respective|upstream|base\s+model|API|platform|product)\b|原始|第三方|各自|原作者|遵循原|API|平台/i;

/** Weights that may be used in commerce once somebody applied for it: `lead` is the sentence before, of which this one may say more. */
export const applicationStatement = (unit: Unit, lead: Unit | undefined): LicenceStatement | undefined => {
  if (unit.kind === 'row' || unit.kind === 'heading' || unit.text.length > 2000 || !commerce.test(unit.text)) return undefined;
  const open = openToResearch.test(unit.text.replace(/[*_]/g, ''));
  const match = applied.exec(unit.text) ?? appliedInChinese.exec(unit.text) ?? asked.exec(unit.text);
  if (!match || others.test(unit.text)) return undefined;
  const before = lead && lead.start + lead.text.length > unit.start - 8 && lead.kind !== 'heading' ? lead.text : '';
  if (!weights.test(`${before} ${unit.text}`) || !(open || section.test(unit.headings.at(-1) ?? '') || commerce.test(before))) return undefined;
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
