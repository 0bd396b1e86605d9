% SYNTAX TEST "source.c" "a tag in comments of several kinds"
 // SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
%   ^^^^^^^^^^^^^^^^^^^^^^^ keyword.other.tag.spdx
%                            ^^^^^^^ invalid.deprecated.licence.spdx
%                                    ^^^^ keyword.operator.with.spdx
%                                         ^^^^^^^^^^^^^^^^^^ support.constant.exception.spdx
 /* SPDX-License-Identifier: MIT */ int mit;
%                            ^^^ support.constant.licence.spdx
%                               ^^^ comment.block.c - meta.expression.spdx
%                                   ^^^^^^^ - comment.block.c support.constant.licence.spdx
 /*
  * SPDX-License-Identifier: BSD-2-Clause
%                            ^^^^^^^^^^^^ comment.block.c support.constant.licence.spdx
  * and MIT on another line
%       ^^^ comment.block.c - support.constant.licence.spdx
  */
 after
%^^^^^ - comment.block.c
