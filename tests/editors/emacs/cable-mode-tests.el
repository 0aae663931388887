;;; cable-mode-tests.el --- A transcriber's day, in batch  -*- lexical-binding: t -*-

;;; Commentary:

;; Each test opens a sample in a folder of its own and does what a user does.  The
;; folder CABLE_SAMPLES has the samples.  Nothing is slept for: `cable-tests-until'
;; lets the server's answers in until something holds.
;;
;; The mode is loaded, set and used as its README.md says: its Lisp is evaluated as
;; printed, and each key and command that it names is pressed by `cable-tests-press'.

;;; Code:

(require 'ert)
(require 'cl-lib)
(require 'help-mode)

(defun cable-tests-text (file)
  "The text of FILE."
  (with-temp-buffer
    (insert-file-contents file)
    (buffer-string)))

(defun cable-tests-all (pattern text)
  "What the first group of PATTERN matches in TEXT, each time."
  (let ((start 0) found)
    (while (string-match pattern text start)
      (push (match-string 1 text) found)
      (setq start (match-end 0)))
    (nreverse found)))

(defconst cable-tests-readme (cable-tests-text "~/src/cable-lsp/editors/emacs/README.md"))

(defconst cable-tests-lisp
  (mapcar #'read (cable-tests-all (rx "```elisp\n" (group (+? anychar)) "```") cable-tests-readme))
  "The Lisp of README.md: how the mode is loaded, then how the server is set.")

(eval (car cable-tests-lisp) t)

(setq eglot-sync-connect t
      eglot-autoshutdown t
      make-backup-files nil
      native-comp-enable-subr-trampolines nil)

(defconst cable-tests-broken "era-c-broken.cable")

(defconst cable-tests-named
  (let* ((rows (cable-tests-all (rx bol "| " (group "`" (* nonl)) " |" eol) cable-tests-readme))
         (keys (mapconcat (lambda (row) (car (string-split row " | "))) rows "\n")))
    (delete-dups (append (cable-tests-all (rx "`" (group (+? nonl)) "`") keys)
                         (cable-tests-all (rx "`" (group "M-x " (+? nonl)) "`") cable-tests-readme))))
  "The keys and commands that README.md names.")

(defun cable-tests-press (keys)
  "Do what a user does with KEYS of README.md: a key, or \"M-x\" and a command."
  (should (member keys cable-tests-named))
  (call-interactively (if (string-prefix-p "M-x " keys)
                          (intern (substring keys 4))
                        (key-binding (kbd keys)))))

(defmacro cable-tests-choosing (start &rest body)
  "Run BODY with a user who picks what begins with START where there is a choice."
  (declare (indent 1))
  `(cl-letf ((last-nonmenu-event ?e) ; Else Eglot and Imenu would open a menu.
             ((symbol-function 'completing-read)
              (lambda (_prompt choices &rest _)
                (seq-find (lambda (choice) (string-prefix-p ,start choice)) (all-completions "" choices)))))
     ,@body))

(defun cable-tests-until (condition)
  "Let answers in until the function CONDITION returns non-nil, and return that."
  (let ((end (+ (float-time) 90)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.01))
    value))

(defun cable-tests-line (number)
  "The text of line NUMBER."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- number))
    (buffer-substring-no-properties (pos-bol) (pos-eol))))

(defun cable-tests-goto (number text)
  "Go to TEXT in line NUMBER."
  (goto-char (point-min))
  (forward-line (1- number))
  (search-forward text (pos-eol))
  (goto-char (match-beginning 0)))

(defun cable-tests-diagnostic (code)
  "The first diagnostic of the rule CODE."
  (seq-find (lambda (diagnostic) (string-search code (flymake-diagnostic-text diagnostic))) (flymake-diagnostics)))

(defun cable-tests-appears (code)
  "Wait for a diagnostic of the rule CODE."
  (cable-tests-until (lambda () (cable-tests-diagnostic code))))

(defun cable-tests-disappears (code)
  "Wait until there is no diagnostic of the rule CODE."
  ;; In batch no idle timer tells the server what changed.
  (eglot--signal-textDocument/didChange)
  (cable-tests-until (lambda () (not (cable-tests-diagnostic code)))))

(defun cable-tests-saved ()
  "Save the buffer and return what is on the disk."
  (save-buffer)
  (cable-tests-text buffer-file-name))

(defun cable-tests-hover (number text)
  "What hover says of TEXT in line NUMBER."
  (cable-tests-goto number text)
  (let (said)
    (eglot-hover-eldoc-function (lambda (info &rest _) (setq said (or info ""))))
    (cable-tests-until (lambda () said))))

(defun cable-tests-help ()
  "What the help window shows."
  (with-current-buffer (help-buffer) (buffer-string)))

(defmacro cable-tests-in (file &rest body)
  "Run BODY in a copy of the sample FILE, with the server attached."
  (declare (indent 1))
  `(let ((folder (make-temp-file "cable" t)))
     (copy-file (expand-file-name ,file (getenv "CABLE_SAMPLES")) (file-name-as-directory folder))
     (save-window-excursion
       (unwind-protect
           (progn
             (find-file (expand-file-name ,file folder))
             ;; What a display does once the file is shown.
             (run-hooks 'post-command-hook)
             (cable-tests-until #'eglot-managed-p)
             (flymake-start)
             ,@body)
         (set-buffer-modified-p nil)
         (kill-buffer)
         (delete-directory folder t)))))

(ert-deftest readme-names-what-there-is ()
  (should (string-search (format "For Emacs %d and later" emacs-major-version) cable-tests-readme))
  (let ((source (cable-tests-text (getenv "CABLE_TESTS"))))
    (should (length> cable-tests-named 14))
    (dolist (keys cable-tests-named)
      (ert-info ((format "a test presses `%s'" keys))
        (should (string-search (format "(cable-tests-press %S)" keys) source)))))
  (dolist (name (cable-tests-all (rx "`" (group "cable-" (+ (any "a-z-"))) "`") cable-tests-readme))
    (ert-info ((format "there is `%s'" name))
      (should (or (equal name "cable-lsp") (commandp (intern name)) (boundp (intern name))))))
  (mapatoms (lambda (name)
              (when (and (string-prefix-p "cable-" (symbol-name name)) (commandp name) (not (eq name 'cable-mode)))
                (ert-info ((format "`%s' is named" name))
                  (should (string-search (format "`%s`: " name) cable-tests-readme)))))))

;; What a command is called there is what its key does.
(ert-deftest readme-names-the-commands-of-keys ()
  (with-temp-buffer
    (let (cable-mode-hook)
      (cable-mode))
    (let ((rows (cable-tests-all (rx bol "| " (group "`C-c " (+ nonl) "`cable-" (+ (not "`")) "`: ")) cable-tests-readme)))
      (should (length= rows 5))
      (dolist (row rows)
        (pcase-let ((`(,key ,name) (cable-tests-all (rx "`" (group (+ (not "`"))) "`") row)))
          (should (eq (intern name) (key-binding (kbd key)))))))))

(ert-deftest knows-cables ()
  (dolist (file (directory-files (getenv "CABLE_SAMPLES") t "\\.cable\\'"))
    (with-temp-buffer
      (insert-file-contents file)
      (should (cable-text-p))))
  (dolist (text '("" "Dear Ann,\nthe E.O. 12958: N/A line puzzled me.\nSUBJECT: lines\n"
                  "TAGS: PREL KZ\nWhat do these mean?\n1. (U) ask Bob\n"
                  "TO THE EXTENT PERMITTED BY LAW\nINFO ON THE TERMS\nSECRET INGREDIENTS 1234\n"))
    (with-temp-buffer
      (insert text)
      (goto-char (point-min))
      (should-not (cable-text-p)))))

(ert-deftest takes-text-files-that-are-cables ()
  (let* ((folder (make-temp-file "cable" t))
         (cable (expand-file-name "cable.txt" folder))
         (letter (expand-file-name "letter.txt" folder)))
    (copy-file (expand-file-name cable-tests-broken (getenv "CABLE_SAMPLES")) cable)
    (write-region "Dear Ann,\nTAGS: KZ is one.\n" nil letter)
    (with-current-buffer (find-file-noselect cable)
      (should (eq major-mode 'cable-mode))
      (kill-buffer))
    (with-current-buffer (find-file-noselect letter)
      (should (eq major-mode 'text-mode))
      (kill-buffer))
    (let (cable-detect-text-files)
      (with-current-buffer (find-file-noselect cable)
        (should (eq major-mode 'text-mode))
        (kill-buffer)))
    (delete-directory folder t)))

;; Nothing typed is changed: what a person's Enter and quotes do, with what Emacs turns on by itself.
(ert-deftest keeps-what-is-typed ()
  (with-temp-buffer
    (let (cable-mode-hook)
      (cable-mode))
    (let ((lines '("REF: A. ASTANA 515" "     B. NEW DELHI 812" "" "1. (U) He said (\"twice" "-- a point" "for reply")))
      (dolist (line lines)
        (seq-doseq (letter line)
          (setq last-command-event letter)
          (self-insert-command 1))
        (setq last-command-event ?\n)
        (newline nil t))
      (should (equal (concat (string-join lines "\n") "\n") (buffer-string))))
    (should word-wrap)
    (should-not truncate-lines)))

(ert-deftest attaches ()
  (cable-tests-in cable-tests-broken
    (should (eq major-mode 'cable-mode))
    (should (equal "cable-lsp" (plist-get (eglot--server-info (eglot-current-server)) :name)))))

(ert-deftest shows-diagnostics ()
  (cable-tests-in cable-tests-broken
    (let ((diagnostic (cable-tests-appears "CLS005")))
      (should (string-search "did you mean SIPDIS" (flymake-diagnostic-text diagnostic)))
      (should (equal "STPDIS" (buffer-substring-no-properties
                               (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic))))
      (should (= 11 (line-number-at-pos (flymake-diagnostic-beg diagnostic))))
      (cable-tests-goto 10 "")
      (cable-tests-press "M-x flymake-goto-next-error")
      (should (looking-at-p "STPDIS$")))
    (cable-tests-press "M-x flymake-show-buffer-diagnostics")
    (with-current-buffer (flymake--diagnostics-buffer-name)
      (should (string-search "did you mean SIPDIS" (buffer-string)))
      (kill-buffer))
    (let ((diagnostic (cable-tests-diagnostic "PAR006")))
      (should (= 40 (line-number-at-pos (flymake-diagnostic-beg diagnostic)))))))

;; A figure that `run' prints: what a person waits for.
(ert-deftest how-long-the-first-squiggle-takes ()
  (let ((opened (float-time)))
    (cable-tests-in cable-tests-broken
      (should (cable-tests-until #'flymake-diagnostics))
      (message "first squiggle %.0f ms after the file was opened" (* 1000 (- (float-time) opened))))))

(ert-deftest outlines-by-true-numbers ()
  (cable-tests-in cable-tests-broken
    (cl-labels ((below (name tree)
                  (seq-some (lambda (entry)
                              (cond ((not (consp entry)) nil)
                                    ((string-search name (car entry)) (or (cdr entry) t))
                                    ((consp (cdr entry)) (below name (cdr entry)))))
                            tree)))
      (let* ((tree (imenu--make-index-alist t))
             (lights (below "RUNWAY LIGHTS" tree)))
        (should (below "¶1 (SBU)" tree))
        (should (consp lights))
        (should (below "¶2 (SBU)" lights))
        (should (below "¶6 (SBU)" lights))
        (should-not (below "¶1 (SBU)" lights))))))

(ert-deftest goes-to-a-paragraph-of-one-flat-list ()
  (let ((flat (car (cable-tests-all (rx "`" (group "(setq imenu-" (+ (not "`"))) "`") cable-tests-readme))))
    (cable-tests-in cable-tests-broken
      (cl-progv '(imenu-flatten) '(nil)
        (eval (read flat) t)
        (cable-tests-choosing "¶4 (SBU)"
          (cable-tests-press "M-g i"))
        (should (= 34 (line-number-at-pos)))))))

(ert-deftest says-what-codes-mean ()
  (cable-tests-in cable-tests-broken
    (should (string-search "Kazakhstan" (cable-tests-hover 17 "KZ")))
    (let ((said (cable-tests-hover 7 "RUEHC")))
      (should (string-search "SECSTATE WASHDC" said))
      (should (string-search "routing indicator" said)))
    (eldoc t)
    (cable-tests-until (lambda () (with-current-buffer (eldoc-doc-buffer)
                                    (string-search "routing indicator" (buffer-string)))))
    (cable-tests-press "C-h .")
    (with-selected-window (get-buffer-window (eldoc-doc-buffer))
      (should (string-search "SECSTATE WASHDC" (buffer-string))))))

(ert-deftest goes-to-what-is-meant-and-back ()
  (cable-tests-in cable-tests-broken
    (cable-tests-goto 24 "ref A")
    (cable-tests-press "M-.")
    (should (= 21 (line-number-at-pos)))
    (cable-tests-press "M-,")
    (should (looking-at-p "ref A"))))

(ert-deftest shows-the-text-as-a-person-reads-it ()
  (cable-tests-in cable-tests-broken
    (goto-char (point-max))
    (insert "\nTyped, and not saved.\n")
    (cable-tests-press "C-c C-v")
    (with-current-buffer "*Cable preview*"
      (goto-char (point-min))
      (should (search-forward "KAZAKHSTAN: NIGHT FLIGHTS"))
      (should (re-search-forward "^4 SBU +The carriers want fuel prices fixed for a year; the director said"))
      (should buffer-read-only)
      (kill-buffer))
    (let (page)
      (cl-letf (((symbol-function 'browse-url-of-file) (lambda (file) (setq page file))))
        (let ((current-prefix-arg '(4)))
          (cable-tests-press "C-c C-v")))
      (with-temp-buffer
        (insert-file-contents page)
        (should (search-forward "<h1")))
      (delete-file page))))

(ert-deftest completes-a-tag-by-its-meaning ()
  (cable-tests-in "era-c-clean.cable"
    (goto-char (point-min))
    (re-search-forward "^TAGS: PREL SENV KZ$")
    (delete-char -2)
    (insert "kazakh")
    ;; KZ does not begin as what was typed, so Emacs inserts nothing before it is picked.
    (cable-tests-press "C-M-i")
    (with-selected-window (get-buffer-window "*Completions*")
      (goto-char (point-min))
      (next-completion 1)
      (should (looking-at-p "KZ\\>"))
      (choose-completion))
    (should (equal "TAGS: PREL SENV KZ" (buffer-substring-no-properties (pos-bol) (pos-eol))))
    (forward-line)
    (should (looking-at-p "SUBJECT: "))))

(ert-deftest fixes-one-slip ()
  (cable-tests-in cable-tests-broken
    (cable-tests-appears "CLS005")
    (cable-tests-goto 11 "STPDIS")
    (cable-tests-choosing "Write SIPDIS"
      (cable-tests-press "M-x eglot-code-actions"))
    (should (equal "SIPDIS" (cable-tests-line 11)))
    (should (cable-tests-disappears "CLS005"))
    (should (cable-tests-diagnostic "PAR006"))
    (should (string-search "\nSIPDIS\n" (cable-tests-saved)))))

(ert-deftest repairs-all ()
  (cable-tests-in cable-tests-broken
    (cable-tests-appears "CLS005")
    (cable-tests-press "C-c C-r")
    (should (equal "SIPDIS" (cable-tests-line 11)))
    (should (equal "TAGS: PREL EAIR ECOMN KZ" (cable-tests-line 17)))
    (dolist (code '("CLS005" "TXT001" "TXT003" "TXT004" "TXT006" "PAR006"))
      (should (cable-tests-disappears code)))
    (let ((saved (cable-tests-saved)))
      (should (string-match-p "^6\\. (SBU) Comment" saved))
      (should-not (string-match-p "\\\\P4\\|^I6\\|^- 12\\|\\](#)" saved)))
    ;; A second time there is nothing to do, and Eglot says so.
    (should-error (cable-tests-press "C-c C-r"))))

(ert-deftest renumbers ()
  (cable-tests-in "era-c-clean.cable"
    (goto-char (point-min))
    (re-search-forward "^4\\. (SBU)")
    (replace-match "7. (SBU)")
    (cable-tests-press "C-c C-n")
    (should (string-prefix-p "4. (SBU)" (buffer-substring (pos-bol) (pos-eol))))))

(ert-deftest formats ()
  (cable-tests-in "era-c-clean.cable"
    (let ((clean (buffer-string)))
      (goto-char (point-max))
      (insert "\n\n\n")
      (cable-tests-press "M-x eglot-format-buffer")
      (should (equal clean (buffer-string))))))

(ert-deftest explains-and-looks-up ()
  (cable-tests-in cable-tests-broken
    (cable-tests-appears "CLS005")
    (cable-tests-goto 11 "STPDIS")
    (cable-tests-press "C-c C-e")
    (should (string-search "CLS005" (cable-tests-help)))
    (cable-tests-goto 17 "KZ")
    (cable-tests-press "C-c C-l")
    (should (string-search "Kazakhstan" (cable-tests-help)))
    (cable-explain "PAR006")
    (should (string-search "PAR006" (cable-tests-help)))
    (cable-lookup "KZZZZ")
    (should (string-search "KZZZZ" (cable-tests-help)))))

(ert-deftest explains-by-an-action ()
  (cable-tests-in cable-tests-broken
    (cable-tests-appears "CLS005")
    (cable-tests-goto 11 "STPDIS")
    (cable-tests-choosing "Explain"
      (cable-tests-press "M-x eglot-code-actions"))
    (let ((shown (cable-tests-until (lambda () (get-buffer "CLS005.txt")))))
      (should (get-buffer-window shown))
      (with-current-buffer shown
        (should (string-search "a caption is misspelled" (buffer-string))))
      (kill-buffer shown))))

(ert-deftest colours ()
  (cable-tests-in cable-tests-broken
    (font-lock-ensure)
    (cl-flet ((face (number text) (cable-tests-goto number text) (get-text-property (point) 'face)))
      (should (eq 'font-lock-preprocessor-face (face 9 "UNCLAS")))
      (should (eq 'font-lock-keyword-face (face 19 "SUBJECT")))
      (should (eq 'font-lock-keyword-face (face 21 "REF")))
      (should (eq 'font-lock-type-face (face 24 "(SBU)")))
      (should (eq 'font-lock-function-name-face (face 24 "11.")))
      (should (eq 'font-lock-warning-face (face 30 "[1](#)3.")))
      (should (eq 'font-lock-doc-face (face 26 "RUNWAY")))
      (should (eq 'font-lock-constant-face (face 7 "RUEHC")))
      (should-not (face 11 "STPDIS"))
      (should-not (face 32 "ASTANA"))
      (should-not (face 24 "airport")))))

(ert-deftest has-an-outline-of-its-own ()
  (cable-tests-in cable-tests-broken
    (cable-tests-press "M-x outline-minor-mode")
    (goto-char (point-min))
    (outline-next-heading)
    (should (= 24 (line-number-at-pos)))
    (outline-next-heading)
    (should (looking-at-p "RUNWAY LIGHTS"))
    (should (= 1 (funcall outline-level)))
    (outline-next-heading)
    (should (= 2 (funcall outline-level)))))

(ert-deftest settings-reach-the-server ()
  (let ((settings eglot-workspace-configuration))
    (cl-flet ((repeat-a-caption ()
                (goto-char (point-min))
                (re-search-forward "^SIPDIS\n")
                (insert "SIPDIS\n")
                (re-search-forward "^4\\. (SBU)")
                (replace-match "9. (SBU)")
                (eglot--signal-textDocument/didChange)))
      (unwind-protect
          (progn
            (cable-tests-in "era-c-clean.cable"
              (repeat-a-caption)
              (should (cable-tests-appears "CLS006")))
            (eval (cadr cable-tests-lisp) t)
            (cable-tests-in "era-c-clean.cable"
              (repeat-a-caption)
              (should (cable-tests-appears "PAR001"))
              (should-not (cable-tests-diagnostic "CLS006"))))
        (setq-default eglot-workspace-configuration settings)))))

;;; cable-mode-tests.el ends here
