" The text of a cable beside it: numbers and names in the margin, signs that are named by their code.
if exists('b:current_syntax')
  finish
endif

" The subject is below the line that names the cable, which may be two.
syntax match cablepreviewSubject /\%<7l^ .*/ contains=cablepreviewCode
syntax match cablepreviewHead /\%^\_.\{-}\n\ze\n/
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
