" What a cable looks like before the server answers. Each pattern stays in one line and most start at its first column,
" so that a line of 2,000 characters costs little.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax sync minlines=1 linebreaks=2

" Body. Headings come first: what follows wins over them.
syntax match cableHeading /^["'(]\?\u[^[:lower:]]\{1,68}[^[:lower:].,; ]\ze\s*\n\s*\n\s*\%([-*] \)\?\S\{0,8}\d/
syntax match cableHeading /^["'(]\?\u.\{1,68}[^.,; ]\ze\s*\n[-=*_]\{3,}\s*$/
syntax match cableRule /^[-=*_]\{3,}\s*$/
syntax match cableBlock /\<END \%(SUMMARY\|COMMENT\|NOTE\|TEXT\|ACTION REQUEST\|INTRODUCTION\)\>\|\<BEGIN TEXT\>\|\<End \%([Ss]ummary\|[Cc]omment\|[Nn]ote\|[Tt]ext\)\>/
syntax match cableBlock /\<\%(SUMMARY\|COMMENT\|NOTE\|INTRODUCTION\|ACTION REQUEST\|Summary\|Comment\|Note\)\ze \{0,3}[.:]/
syntax match cableReference /\<\%(ref\|Ref\|REF\)s\?\%(tel\|TEL\)\?\%( \u\>\)\?\ze[^:]/

syntax match cableArtefact /\[[^]]\{1,12}\](#[^)]\{0,12})/

" Paragraph markers as they should be, and what copies made of them.
syntax match cableMarker /^\%(¶\)\?\d\{1,3}\.\ze\%(\s\|$\)/ nextgroup=cablePortion skipwhite
syntax match cableDamagedMarker /^¶1\d\{1,3}\.\ze\%(\s\|$\)/ nextgroup=cablePortion skipwhite
syntax match cableDamagedMarker /^\s*\%([-*]\s\+\)\?\%(\$\\P\d\{1,3}\$\|\[[^]]\{0,3}\](#[^)]\{0,12})\d\{1,3}\|[P§]\d\{1,3}\|[1I]\[\d\{1,3}\|\d \d\{1,2}\)\./ nextgroup=cablePortion skipwhite
syntax match cableDamagedMarker /^\s*[-*]\s\+¶\?\d\{1,3}\.\ze\s/ nextgroup=cablePortion skipwhite
syntax match cableDamagedMarker /^[Il|Oo0-9]\{1,3}\.\?\ze\s\+(\%(U\|SBU\|C\|S\|LOU\))/ contains=cableMarker nextgroup=cablePortion skipwhite
syntax match cablePortion /(\%(U\|SBU\|LOU\|FOUO\|C\|S\|TS\|u\|sbu\|c\|s\)\%(\/\/\?[^)]\{1,30}\)\?)/ contained

" Header.
syntax match cableTag /\<\u\{2,}\>/ contained
syntax match cableKeyword /^\%(E\.\?[Oo]\.\|EO\)\%( \?\d\{5}\)\?:\?/
syntax match cableTagsLine /^TAG\?S\?[:;]\? .*$/ contains=cableTagsKeyword,cableTag,cableArtefact
syntax match cableTagsKeyword /^TAG\?S\?[:;]\?/ contained
syntax match cableSubject /^SUBJ\%(ECT\)\?:.*$/ contains=cableSubjectKeyword
syntax match cableSubjectKeyword /^SUBJ\%(ECT\)\?:/ contained nextgroup=cablePortion skipwhite
syntax match cableKeyword /^\%(REF\|Ref\)\%(S\|s\|(S)\|TELS\?\|tels\?\)\?:/
syntax match cableKeyword /^\%(Classified By\|CLASSIFIED BY\|Derived [Ff]rom\):\?/
syntax match cableKeyword /^\%(MRN\|Date\/DTG\|From\|Action\|Info\|E\.O\.\|DECL\|Captions\|Reference\|Pass Line\|Subject\|Signature\): /
syntax match cableInstruction /\<DECL: \?\S\+/
syntax match cableCaption /^\%(SIPDIS\|SENSITIVE\|NODIS\|EXDIS\|STADIS\|LIMDIS\|NOFORN\|AIDAC\|ALDAC\|TERREP\|\u\+ CHANNEL\)\>.*$/
syntax match cableNotice /^This record is a partial extract of the original cable\..*$/

" Envelope.
syntax match cableRouting /\<R\u\{3,7}\>/ contained
syntax match cablePrecedence /\<\%(FLASH\|NIACT\|IMMEDIATE\|PRIORITY\|ROUTINE\)\>/ contained
syntax match cableProsign /^V\?ZCZC\u\{3}\d\{3,4}\s*$/
syntax match cableRoutingLine /^\%(ZZ\|OO\|PP\|RR\)\%( R\u\{3,7}\)\+/ contains=cableRouting,cableProsignWord
syntax match cableRoutingLine /^DE R\u\{3,7}\>/ contains=cableRouting,cableProsignWord
syntax match cableProsignWord /^\%(ZZ\|OO\|PP\|RR\|DE\|FM\|TO\|INFO\|XMT\|ZEN\|AIG\)\>/ contained
syntax match cableProsign /^\%(ZNR U\{5}\|ZNY \([ECST]\)\1\{4}\)\%( Z\u\u\)*/
syntax match cableDateTime /^\%([ZOPR] \)\{,2}\d\{6} \?Z \a\{3} \d\d\>/
syntax match cableAddressee /^\%(FM\|XMT\|ZEN\|AIG\)[ \/].*$/ contains=cableProsignWord,cableRouting,cablePrecedence
" Text in capitals has lines that start with TO, too.
syntax match cableAddressee /^\%(TO\|INFO\) \%(R\u\{3,7}\/\|AM\|US\|SEC\|ALL \|NSC\|DEPT\|HQ\|JCS\|CIA\|WHITE HOUSE\).*$/ contains=cableProsignWord,cableRouting,cablePrecedence
syntax match cableAddressee /^R\u\{3,7}\/.*$/ contains=cableRouting,cablePrecedence
syntax match cableProsign /^\%(BT\|NNNN\?\|#\d\{4}\)$/

" Classification lines, and the lines between pages and sections.
syntax match cableClassification /^\%(UNCLAS\|LIMITED OFFICIAL USE\|C O N F I D E N T I A L\|S E C R E T\|CONFIDENTIAL\|SECRET\)\>.* \d\{3,6}\s*$/
syntax match cableClassification /^\s*\%(UNCLASSIFIED\|LIMITED OFFICIAL USE\|CONFIDENTIAL\|SECRET\)\s*$/
syntax match cablePageLine /^\u[[:alpha:] .'-]\{1,25} \{1,2}\d\{8} \{1,2}\d\{3}\%(\.\d\)\? [Oo][Ff] \d\{3}/
syntax match cablePageLine /^PAGE \d\d\s.*$/

highlight default link cableHeading Title
highlight default link cableRule Comment
highlight default link cableBlock Statement
highlight default link cableReference Identifier
highlight default link cableMarker Label
highlight default link cableDamagedMarker WarningMsg
highlight default link cablePortion Type
highlight default link cableArtefact WarningMsg
highlight default link cableTag Special
highlight default link cableTagsKeyword Keyword
highlight default link cableSubject Title
highlight default link cableSubjectKeyword Keyword
highlight default link cableKeyword Keyword
highlight default link cableInstruction Type
highlight default link cableCaption PreProc
highlight default link cableNotice Comment
highlight default link cableRouting Constant
highlight default link cablePrecedence Special
highlight default link cableProsign PreProc
highlight default link cableProsignWord Keyword
highlight default link cableDateTime Number
highlight default link cableClassification PreProc
highlight default link cablePageLine Comment
" The server calls codes members of an enumeration, and the default scheme has no colour for constants.
highlight default link @lsp.type.enumMember.cable cableTag

let b:current_syntax = 'cable'
