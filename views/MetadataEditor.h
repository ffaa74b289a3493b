// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QWidget>

class QVBoxLayout;

namespace kith::views {

class Editor;
class FieldNote;
class MetadataRow;

/// What is wrong with a metadata key or value, in words; empty: nothing. The limits are those of spec/engine.md §2.
QString metadataKeyProblem(const QString &key);
QString metadataValueProblem(const QString &value);

/// An object's metadata as rows of key and value, edited in place: a row is sent when one leaves it, if it is right;
/// what is wrong stands under the row.
class MetadataEditor : public QWidget
{
    Q_OBJECT
public:
    explicit MetadataEditor(Editor &editor, QWidget *parent = nullptr);
    ~MetadataEditor() override;

    void setObject(connection::ObjectRef object, const connection::Metadata &metadata);

private:
    friend class MetadataRow;
    void rebuild();
    void setRefusal(const QString &refusal);
    MetadataRow *addRow(const QString &key, const QString &value);
    void commit(MetadataRow *changed);
    void remove(MetadataRow *row);
    void send(const connection::Metadata &after, MetadataRow *row);
    connection::Metadata content() const; ///< Of all rows that have a key, by key.

    Editor &m_editor;
    connection::ObjectRef m_object;
    connection::Metadata m_metadata;   ///< As it was read last.
    std::vector<MetadataRow *> m_rows; ///< The last one is the empty one, for a new pair.
    QVBoxLayout *m_layout;
    FieldNote *m_note; ///< Why nothing can be changed.
};

} // namespace kith::views
