;;; What a person does in Emacs with eglot, step by step. Prints one line of JSON for the test that started it.  -*- lexical-binding: t -*-
(require 'eglot)
(require 'json)
(require 'project)

;; Emacs comes without a mode for Markdown; people install one of this name.
(define-derived-mode markdown-mode text-mode "Markdown")
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))

(defvar told nil)
(defun tell (key value) (push (cons key value) told))

(defun wait-for (what probe)
  (let ((until (+ (float-time) 20)) value)
    (while (and (not (setq value (funcall probe))) (< (float-time) until))
      (accept-process-output nil 0.05))
    (or value (error "no %s within 20 s; diagnostics: %S" what (flymake-diagnostics)))))

(defun text-of (diagnostic) (format "%s" (flymake-diagnostic-text diagnostic)))

(defun found (pattern)
  (seq-find (lambda (diagnostic) (string-match-p pattern (text-of diagnostic))) (flymake-diagnostics)))

(defun drive ()
  (load (getenv "PEDIGREE_EL") nil t)
  (let ((root (file-name-as-directory (file-truename default-directory))))
    (setq project-find-functions (list (lambda (_) (cons 'transient root)))))
  (setq eglot-sync-connect 20 eglot-autoshutdown t eglot-confirm-server-initiated-edits nil make-backup-files nil flymake-no-changes-timeout 0.1)
  (find-file "README.md")
  (apply #'eglot (eglot--guess-contact))
  (flymake-mode 1)
  ;; Otherwise it waits for the next key, and nobody presses one here.
  (flymake-start)
  (let ((diagnostic (wait-for "diagnostic" (lambda () (found "Declare the inherited terms")))))
    (goto-char (flymake-diagnostic-beg diagnostic))
    (tell 'diagnostic `((line . ,(line-number-at-pos)) (column . ,(1+ (current-column))) (severity . ,(format "%s" (flymake-diagnostic-type diagnostic)))
                        (message . ,(text-of diagnostic))))
    (save-excursion
      (goto-char (point-min))
      (search-forward "Llama-3.1")
      (let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover (eglot--TextDocumentPositionParams))))
        (tell 'hover (plist-get (plist-get hover :contents) :value))))
    ;; The menu of choices, answered as a person would.
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt choices &rest _)
                 (let ((title (seq-find (lambda (each) (string-prefix-p "Declare the inherited terms" each)) (mapcar (lambda (each) (if (consp each) (car each) each)) choices))))
                   (unless title (error "the fix is not among the choices: %S" choices))
                   (tell 'chosen title)
                   title))))
      ;; Whoever types gets the choices in the minibuffer; whoever clicks gets a menu, which a batch has not.
      (let ((last-nonmenu-event ?x)) (call-interactively #'eglot-code-actions))))
  (wait-for "edit" (lambda () (save-excursion (goto-char (point-min)) (not (search-forward "license: mit\n" nil t)))))
  (save-buffer)
  (wait-for "end of the diagnostic" (lambda () (not (found "Declare the inherited terms"))))
  (tell 'gone t))

(let ((failed nil))
  (condition-case problem (drive)
    ((error quit) (setq failed t) (tell 'failure (format "%S" problem))))
  (tell 'editor (format "%s" emacs-version))
  (princ (concat "\n" (json-encode told) "\n"))
  (kill-emacs (if failed 1 0)))
