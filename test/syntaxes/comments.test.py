% SYNTAX TEST "source.python" "a tag in comments of one line"
 # SPDX-License-Identifier: Apache-2.0 OR MIT
%  ^^^^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign.python keyword.other.tag.spdx
%                         ^ punctuation.separator.key-value.spdx
%                           ^^^^^^^^^^ comment.line.number-sign.python meta.expression.spdx support.constant.licence.spdx
%                                      ^^ keyword.operator.logical.spdx
%                                         ^^^ support.constant.licence.spdx
 # SPDX-FileCopyrightText: 2026 Somebody
%  ^^^^^^^^^^^^^^^^^^^^^^ keyword.other.tag.spdx
%                          ^^^^^^^^^^^^^ - keyword.other.tag.spdx
 # this is MIT OR not, no tag says so
%          ^^^ - support.constant.licence.spdx
 text = "SPDX-License-Identifier: MIT"
%        ^^^^^^^^^^^^^^^^^^^^^^^ - keyword.other.tag.spdx
 # X-SPDX-License-Identifier: MIT
%    ^^^^^^^^^^^^^^^^^^^^^^^ - keyword.other.tag.spdx
 code
%^^^^ - comment
