// SPDX-License-Identifier: Apache-2.0
// The inside of Editor.
#pragma once

#include "Edit.h"
#include "Editor.h"

#include <QPromise>

namespace kith::views {

/// An Edit in the history. Does nothing itself: the stack moves over it when the core has answered.
class Editor::Step final : public QUndoCommand
{
public:
    explicit Step(std::shared_ptr<Edit> edit) : QUndoCommand(edit->label()), m_edit(std::move(edit)) {}
    const std::shared_ptr<Edit> &edit() const { return m_edit; }
    void undo() override { setObsolete(m_edit->isForgotten()); }
    void redo() override {}
    void renameAsEdit() { setText(m_edit->label()); }

private:
    std::shared_ptr<Edit> m_edit;
};

/// What is under way.
struct Editor::Running {
    enum class Kind { First, Undo, Redo };
    Kind kind = Kind::First;
    std::shared_ptr<Edit> edit;
    Report report = Report::Window;
    QPromise<Result<void>> promise;
    std::shared_ptr<core::Progress> progress; ///< Since it was sent.
    bool confirmed = false;
    bool again = false; ///< It was prepared once more, since the server had another version.

    Edit::Direction direction() const { return kind == Kind::Undo ? Edit::Direction::Back : Edit::Direction::Forth; }
};

} // namespace kith::views
