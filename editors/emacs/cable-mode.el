;;; cable-mode.el --- Cables: telegrams of the US State Department  -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Keywords: languages, wp
;; Package-Requires: ((emacs "30.1"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; A mode for cables and their language server, cable-lsp, by way of Eglot.
;; Colours and headings here are those of a quick look; diagnostics, repairs, the
;; outline and what codes mean come from the server.  See README.md beside it.

;;; Code:

(require 'eglot)
(require 'flymake)
(require 'help-mode)

(defgroup cable nil
  "Cables: telegrams of the US State Department."
  :group 'text
  :prefix "cable-")

(defcustom cable-server-program "cable-lsp"
  "The cable-lsp binary: a name on variable `exec-path', or a path."
  :type 'string)

(defcustom cable-detect-text-files t
  "Whether a .txt file, or one without extension, that begins as a cable is one."
  :type 'boolean)

;;; What a cable looks like

(defconst cable--classification-line
  (rx bol (or "UNCLAS" "UNCLASSIFIED" "LIMITED OFFICIAL USE" "CONFIDENTIAL" "SECRET"
              "C O N F I D E N T I A L" "S E C R E T")
      " " (* nonl) (>= 3 digit) (* blank) eol)
  "A classification line with its message reference number.")

(defconst cable--signs
  (list cable--classification-line
        (rx bol (? "V") "ZCZC" (= 3 upper) (>= 3 digit))
        (rx bol "DE R" (>= 3 upper) " " (? "#") (= 4 digit))
        (rx bol (or "ZNR UUUUU" (: "ZNY " (or "EEEEE" "CCCCC" "SSSSS" "TTTTT"))))
        (rx bol (** 1 2 (any "ZOPR") " ") (= 6 digit) (? " ") "Z " (= 3 alpha) " " (= 2 digit))
        (rx bol "E" (? ".") (any "Oo") (* (any ".:")) " " "1" (= 4 digit))
        (rx bol "TAGS" (? (any ":;")) " " (? "[") (= 2 upper))
        (rx bol "PAGE 0" digit (+ blank) upper (* nonl) (>= 4 digit))
        (rx bol "MRN: " (= 2 digit) " " upper)
        (rx bol "Date/DTG: ")
        (rx bol "This record is a partial extract of the original cable."))
  "Lines at the head of a cable.  Two of them make one: letters may have one.")

(defun cable-text-p ()
  "Whether the text from point on begins as a cable."
  (let ((case-fold-search nil)
        (end (min (point-max) (+ (point) 4000))))
    (length> (seq-filter (lambda (sign) (save-excursion (re-search-forward sign end t))) cable--signs) 1)))

(defun cable--text-file-p ()
  "Whether this buffer visits a text file that begins as a cable."
  (and cable-detect-text-files
       buffer-file-name
       (member (file-name-extension buffer-file-name) '(nil "txt" "TXT"))
       (cable-text-p)))

(defconst cable--marker (rx bol (? "¶") (** 1 3 digit) "." (or blank eol))
  "The marker of a paragraph, as it should be.")

(defconst cable--heading
  (rx bol (group upper (** 3 68 (any upper blank "-,'/&().:"))) (* blank)
      "\n" (* blank) "\n" (* blank) (? (any "-*") " ") (** 0 8 (not (any space digit))) digit)
  "A heading in capitals, with a blank line and a paragraph below.")

(defconst cable--font-lock-keywords
  `((,cable--classification-line . font-lock-preprocessor-face)
    (,(rx bol (or "SIPDIS" "SENSITIVE" "NODIS" "EXDIS" "STADIS" "LIMDIS" "NOFORN" "AIDAC") symbol-end)
     . font-lock-preprocessor-face)
    (,(rx bol (group (or "SUBJECT:" "SUBJ:" "Subject:")) (* blank) (group (* nonl)))
     (1 font-lock-keyword-face) (2 font-lock-string-face))
    (,(rx bol (or (: "E" (? ".") (any "Oo") (? ".") (? " " (= 5 digit)) ":")
                  (: "TAG" (? "S") (any " :;"))
                  (: (or "REF" "Ref") (* alpha) (? "(S)") ":")
                  (: (or "Classified By" "CLASSIFIED BY" "Derived From" "MRN" "Date/DTG" "From" "Action" "Info") ":")
                  (: (or "FM" "TO" "INFO" "DE" "ZNR" "ZNY") " ")))
     . font-lock-keyword-face)
    (,(rx bol (or "DE" (= 2 (any "ZOPR"))) " " (group "R" (** 3 7 upper) (* " R" (** 3 7 upper))) word-end)
     1 font-lock-constant-face)
    (,(rx bol (? (or "TO " "INFO ")) (group "R" (** 3 7 upper)) "/") 1 font-lock-constant-face)
    (,cable--marker . font-lock-function-name-face)
    (,(rx bol (* (any " -")) (or (: "[" (* (not (any "]\n"))) "](#)") "$\\P" (: (any "Il") digit) "¶1")
          (* (any digit alpha "$")) ".")
     . font-lock-warning-face)
    (,(rx "(" (or "U" "SBU" "LOU" "FOUO" "C" "S" "TS") (? "/" (* (not (any ")\n")))) ")")
     . font-lock-type-face)
    (,cable--heading 1 font-lock-doc-face))
  "What has a colour.")

;;; Commands

(defun cable--action (kind)
  "Apply the server's action of KIND to this buffer."
  ;; There is at most one of each kind, so that Eglot has nothing to ask.
  (eglot-code-actions (point) (point) kind t))

(defun cable-repair ()
  "Apply every safe fix of this buffer."
  (interactive nil cable-mode)
  (cable--action "source.fixAll.cable"))

(defun cable-renumber ()
  "Count the paragraphs of the cable at point anew."
  (interactive nil cable-mode)
  (cable--action "refactor.rewrite.cable.renumber"))

(defun cable--rule-at-point ()
  "The rule of the diagnostic at point, or else of the first one in its line."
  (seq-some (lambda (diagnostic)
              (let ((text (flymake-diagnostic-text diagnostic)))
                (and (string-match (rx "[" (group (= 3 upper) (= 3 digit)) "]") text)
                     (match-string 1 text))))
            (append (flymake-diagnostics (point))
                    (flymake-diagnostics (pos-bol) (pos-eol)))))

(defun cable--show (&rest arguments)
  "Show the answer of the binary to ARGUMENTS."
  (with-temp-buffer
    (apply #'call-process cable-server-program nil t nil arguments)
    (let ((said (buffer-string)))
      (with-help-window (help-buffer)
        (princ said)))))

(defun cable--render (format)
  "This buffer as the binary writes it in FORMAT."
  (let ((source (current-buffer))
        (coding-system-for-read 'utf-8)
        (coding-system-for-write 'utf-8))
    (with-temp-buffer
      (let ((target (current-buffer)))
        (with-current-buffer source
          (call-process-region nil nil cable-server-program nil (list target nil) nil
                               "render" "--format" format "-")))
      (buffer-string))))

(defun cable-preview (&optional browse)
  "Show the clean text of this buffer in a window beside it.
With a prefix argument BROWSE, open it as a page in the browser."
  (interactive "P" cable-mode)
  (if browse
      (let* ((page (cable--render "html"))
             (coding-system-for-write 'utf-8))
        (browse-url-of-file (make-temp-file "cable" nil ".html" page)))
    (let ((text (cable--render "text")))
      (with-current-buffer (get-buffer-create "*Cable preview*")
        (let ((inhibit-read-only t))
          (erase-buffer)
          (insert text))
        (goto-char (point-min))
        (special-mode)
        (display-buffer (current-buffer))))))

(defun cable-explain (rule)
  "Say why RULE is one, by default that of the diagnostic at point."
  (interactive (list (or (and (not current-prefix-arg) (cable--rule-at-point))
                         (read-string "Explain rule: ")))
               cable-mode)
  (cable--show "explain" rule))

(defun cable-lookup (code)
  "Say what CODE means, by default the word at point."
  (interactive (list (or (and (not current-prefix-arg) (thing-at-point 'word t))
                         (read-string "Look up code: ")))
               cable-mode)
  (cable--show "lookup" code))

;;; Completion

(defun cable--completion-at-point ()
  "Eglot's completion, for codes that are shorter than what was typed."
  (when-let* (((eglot-managed-p))
              (found (eglot-completion-at-point))
              (exit (plist-get (nthcdr 3 found) :exit-function))
              (end (point)))
    (append (take 3 found)
            (list :exit-function
                  (lambda (chosen status)
                    ;; Eglot deletes between here and the end of what was typed, also when that end is ahead, in the
                    ;; text that follows.  So there must be something; Eglot takes it away.
                    (when (memq status '(finished exact))
                      (insert (make-string (max 0 (- end (point))) ?\s)))
                    (funcall exit chosen status)))
            (nthcdr 3 found))))

;;; The mode

(defvar-keymap cable-mode-map
  "C-c C-r" #'cable-repair
  "C-c C-n" #'cable-renumber
  "C-c C-e" #'cable-explain
  "C-c C-l" #'cable-lookup
  "C-c C-v" #'cable-preview)

(defun cable--outline-search (&optional bound move backward looking-at)
  "Search for the next heading or paragraph, as `outline-search-function' does.
BOUND, MOVE, BACKWARD and LOOKING-AT are as described there.  This is no regular
expression, because Outline would match it regardless of case."
  (let ((case-fold-search nil)
        (heading (concat cable--marker "\\|" cable--heading)))
    (cond (looking-at (looking-at heading))
          (backward (re-search-backward heading bound (if move 'move t)))
          (t (re-search-forward heading bound (if move 'move t))))))

(defun cable--outline-level ()
  "Headings are above paragraphs."
  (if (looking-at-p cable--marker) 2 1))

;;;###autoload
(define-derived-mode cable-mode text-mode "Cable"
  "Major mode for cables: telegrams of the US State Department."
  (add-hook 'completion-at-point-functions #'cable--completion-at-point -10 t)
  (setq-local font-lock-defaults '(cable--font-lock-keywords t)
              outline-search-function #'cable--outline-search
              outline-level #'cable--outline-level
              ;; Codes are in capitals, and who looks for one types what it means.
              completion-ignore-case t
              ;; Headings and paragraphs are words, not the names of functions.
              imenu-space-replacement nil
              ;; Copies hold a paragraph in one line.
              truncate-lines nil
              word-wrap t)
  ;; A line starts where it is typed: an indented reference moves none below it.
  (electric-indent-local-mode -1))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.cable\\'" . cable-mode))
;; Before `auto-mode-alist', which takes every .txt file for plain text.
(add-to-list 'magic-mode-alist '(cable--text-file-p . cable-mode))
(add-to-list 'eglot-server-programs
             (cons 'cable-mode (lambda (&rest _) (list cable-server-program))))

(provide 'cable-mode)
;;; cable-mode.el ends here
