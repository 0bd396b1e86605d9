import { QuickInputButtons, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { say } from '../say.ts';
import type { Answer, Question } from './questions.ts';

interface Row extends QuickPickItem {
  readonly value: string;
}

/** Asks one; 'back' where the arrow was pressed, undefined where it was left. */
const askOne = (question: Question, step: number, totalSteps: number, before: Answer | undefined): Promise<Answer | 'back' | undefined> =>
  new Promise((resolve) => {
    const pick = window.createQuickPick<Row>();
    const rows: readonly Row[] = question.options.map(({ label, description, value }) => ({ label, description, value }));
    pick.title = question.title;
    pick.placeholder = question.why;
    pick.step = step;
    pick.totalSteps = totalSteps;
    pick.ignoreFocusOut = true;
    pick.canSelectMany = question.many;
    pick.buttons = step > 1 ? [QuickInputButtons.Back] : [];
    pick.items = rows;
    const chosen = rows.filter(({ value }) => before?.includes(value));
    if (question.many) pick.selectedItems = chosen;
    else if (chosen.length > 0) pick.activeItems = chosen;
    if (question.free)
      pick.onDidChangeValue((typed) => {
        const text = typed.trim();
        pick.items =
          text === '' || rows.some(({ value }) => value === text)
            ? rows
            : [{ label: text, description: say('policy.asTyped'), value: text, alwaysShow: true }, ...rows];
      });
    let answer: Answer | 'back' | undefined;
    const end = (given: Answer | 'back'): void => {
      answer = given;
      pick.hide();
    };
    pick.onDidTriggerButton(() => end('back'));
    pick.onDidAccept(() => end(pick.selectedItems.map(({ value }) => value).filter((value) => value !== '')));
    pick.onDidHide(() => {
      pick.dispose();
      resolve(answer);
    });
    pick.show();
  });

/** Asks them one after the other, with a way back; undefined where somebody gave up. */
export const askAll = async (questions: readonly Question[]): Promise<Readonly<Record<string, Answer>> | undefined> => {
  const given: Record<string, Answer> = {};
  for (let at = 0; at < questions.length;) {
    const question = questions[at];
    if (!question) break;
    const answer = await askOne(question, at + 1, questions.length, given[question.key]);
    if (answer === undefined) return undefined;
    if (answer === 'back') at -= 1;
    else {
      given[question.key] = answer;
      at += 1;
    }
  }
  return given;
};
