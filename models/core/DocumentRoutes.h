// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Route.h"

#include <vector>

namespace kith::core {

/// kith/export, kith/import, kith/import/preview and kith/import/undo: the identity document (identity/DOCUMENT.md)
/// through the door.
///
/// Read kith/export -> 200 {"document": "<text>"}: the bytes of the file.
///
/// Update kith/import/preview {"document"} and kith/import {"document", "fingerprint", "dry_run"} with
///   document     a string: the file's bytes as they are (encodings are found out here); or the document as an object;
///   fingerprint  that of the preview which somebody agreed to. If the core has changed since, so that the import would
///                do something else, it is refused with 412. Default: none, import in any case;
///   dry_run      true: only the preview after all, of what the write under way would find (inside kith/apply).
///
/// The preview only reads, so it works while another program writes. Both answer with
///   {"importable": bool,                      no problem is an error
///    "nothing_to_do": bool,                   all is there already
///    "fingerprint": "…",
///    "counts": {"mounts": {"create": n, "change": n, "keep": n}, "policies": {…}, "entities": {…}, "groups": {…}},
///    "create": {"mounts": [{"name", "type"}], "policies": [{"name"}], "entities": [{"name"}],
///               "groups": [{"name", "type"}]},                                       in the order of the document
///    "change": [{"kind": "policy"|"entity"|"group", "name", "id", "place": "groups[12]",
///                "fields": [{"field": "metadata.site", "before": "Toronto", "after": "京都"},
///                           {"field": "policies", "added": ["a"], "removed": ["b"]}]}],
///    "problems": [{"severity": "error"|"warning", "code", "place": "groups[12].member_groups[3]" | "line 3, column 7",
///                  "object": "group \"platform\"", "text"}],
///    "problems_left_out": n}                  beyond the first thousand
///
/// kith/import with problems that are errors: 400, their texts as errors, the preview as data, nothing imported. All
/// happens in one transaction. Request::progress counts objects; cancelling leaves everything as it was.
///
/// An import that changed something answers with "undo" besides, a name for what it did, as long as the core is open
/// and not too many imports came after it (40, or 2 GiB). Update kith/import/undo with
///   undo   that name: everything is put back as it was, ids, times and accessors too; only versions rise;
///   force  true: over what was changed since. Default: an object that was changed, deleted or put to use since
///          (somebody was added to a new group, …) is a refusal with 412, and nothing is changed;
/// -> 200 {"undo": "…"}, with which the same route does it again, with the same ids. Warnings name what was left out.
std::vector<Route> documentRoutes();

} // namespace kith::core
