" The text of a cable beside it: numbers and names in the margin, signs that are named by their code.
if exists('b:current_syntax')
  finish
endif

syntax region cablepreviewHead start=/\%^/ end=/^$/ nextgroup=cablepreviewSubject skipnl
syntax region cablepreviewSubject start=/^./ end=/^$/ contained contains=cablepreviewCode
syntax match cablepreviewName /^\(From\|To\|Copies\|Sent\|TAGS\|Ref\|Level\|Source\)\ze /
syntax match cablepreviewNumber /^\d\+\( \S\+\)\?/
syntax match cablepreviewNote /^\(\l\+\|¶\)\ze  /
syntax match cablepreviewCode /\[U+\x\{4,6}\]/

highlight default link cablepreviewHead Comment
highlight default link cablepreviewSubject Title
highlight default link cablepreviewName Label
highlight default link cablepreviewNumber Number
highlight default link cablepreviewNote Special
highlight default link cablepreviewCode SpecialChar

let b:current_syntax = 'cablepreview'
