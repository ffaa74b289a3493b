// SPDX-License-Identifier: Apache-2.0
#include "MetadataEditor.h"

#include "Chip.h"
#include "Editor.h"
#include "ErrorText.h"
#include "PlainToolTip.h"
#include "connection/Async.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

namespace {
constexpr int LongestKey = 128;   ///< Bytes.
constexpr int LongestValue = 512; ///< Bytes.
constexpr std::size_t MostPairs = 64;
} // namespace

QString metadataKeyProblem(const QString &key)
{
    if (key.isEmpty())
        return MetadataEditor::tr("A key is needed.");
    const bool plain = std::all_of(key.begin(), key.end(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || QLatin1String("=/+_-").contains(c));
    });
    if (!plain)
        return MetadataEditor::tr("Keys have only letters from a to z, digits, and = / + _ -");
    if (key.size() > LongestKey)
        return MetadataEditor::tr("A key has at most %1 characters.").arg(LongestKey);
    if (key.startsWith(QLatin1String("vault-")))
        return MetadataEditor::tr("Keys that begin with “vault-” are reserved.");
    return {};
}

QString metadataValueProblem(const QString &value)
{
    if (value.toUtf8().size() > LongestValue)
        return MetadataEditor::tr("A value has at most %1 bytes.").arg(LongestValue);
    return {};
}

/// One pair, its button, and what is wrong with it.
class MetadataRow : public QWidget
{
public:
    MetadataRow(const QString &key, const QString &value, MetadataEditor &editor)
        : QWidget(&editor)
        , key(new QLineEdit(key, this))
        , value(new QLineEdit(value, this))
        , remove(new QToolButton(this))
        , note(new FieldNote(this))
        , storedKey(key)
        , storedValue(value)
    {
        this->key->setCursorPosition(0); // a long one is read from its beginning
        this->value->setCursorPosition(0);
        this->key->setObjectName(QStringLiteral("metadataKey"));
        this->key->setAccessibleName(MetadataEditor::tr("Key"));
        this->value->setObjectName(QStringLiteral("metadataValue"));
        this->value->setAccessibleName(MetadataEditor::tr("Value of %1").arg(key));
        this->value->setToolTip(value.size() > 40 ? plainToolTip(value) : QString());
        this->value->setCursorPosition(0);
        note->setObjectName(QStringLiteral("metadataNote"));
        remove->setText(QStringLiteral("✕"));
        remove->setAutoRaise(true);
        remove->setAccessibleName(MetadataEditor::tr("Remove %1").arg(key));
        remove->setToolTip(plainToolTip(remove->accessibleName()));
        auto *fields = new QHBoxLayout;
        fields->setSpacing(4);
        fields->addWidget(this->key, 2);
        fields->addWidget(this->value, 3);
        fields->addWidget(remove);
        auto *rows = new QVBoxLayout(this);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(2);
        rows->addLayout(fields);
        rows->addWidget(note);
        for (QLineEdit *field : {this->key, this->value}) {
            connect(field, &QLineEdit::editingFinished, &editor, [this, &editor, field] {
                const bool waitsForValue = isNew() && field == this->key && this->value->text().isEmpty();
                if (!waitsForValue)
                    editor.commit(this);
            });
            connect(field, &QLineEdit::textEdited, &editor, [this] { note->say({}); });
        }
        connect(remove, &QToolButton::clicked, &editor, [this, &editor] { editor.remove(this); });
    }

    void setChangeable(bool changeable)
    {
        key->setReadOnly(!changeable);
        value->setReadOnly(!changeable);
        remove->setVisible(changeable && !isNew());
        setVisible(changeable || !isNew());
    }
    bool isNew() const { return storedKey.isEmpty(); }
    bool isTouched() const { return key->text().trimmed() != storedKey || value->text() != storedValue; }

    QLineEdit *key;
    QLineEdit *value;
    QToolButton *remove;
    FieldNote *note;
    QString storedKey;
    QString storedValue;
};

MetadataEditor::MetadataEditor(Editor &editor, QWidget *parent)
    : QWidget(parent), m_editor(editor), m_layout(new QVBoxLayout(this)), m_note(new FieldNote(this))
{
    m_layout->setContentsMargins(0, 8, 0, 8);
    m_layout->setSpacing(4);
    m_note->setObjectName(QStringLiteral("metadataRefusal"));
    m_layout->addWidget(m_note);
    m_layout->addStretch();
}

MetadataEditor::~MetadataEditor() = default;

void MetadataEditor::setObject(connection::ObjectRef object, const connection::Metadata &metadata)
{
    const bool same = object == m_object;
    const bool asShown = same && metadata == content();
    m_object = object;
    m_metadata = metadata;
    if (asShown) {
        for (MetadataRow *row : m_rows) { // What was typed is what is stored: the fields stay as they are.
            row->storedKey = row->key->text().trimmed();
            row->storedValue = row->value->text();
            row->remove->setVisible(!row->isNew());
        }
        if (m_rows.empty() || !m_rows.back()->isNew())
            addRow({}, {});
        return setRefusal(m_editor.permissions().refusal(Act::Change, object));
    }
    const bool typing = same && std::any_of(m_rows.begin(), m_rows.end(), [](auto *row) { return row->isTouched(); });
    if (!typing)
        rebuild();
    setRefusal(m_editor.permissions().refusal(Act::Change, object));
}

/// What is there can be read and copied all the same.
void MetadataEditor::setRefusal(const QString &refusal)
{
    m_note->say(refusal, Tone::Quiet);
    for (MetadataRow *row : m_rows)
        row->setChangeable(refusal.isEmpty());
}

void MetadataEditor::rebuild()
{
    for (MetadataRow *row : m_rows) {
        row->hide();
        row->disconnect();
        row->key->disconnect(this);
        row->value->disconnect(this);
        row->deleteLater();
    }
    m_rows.clear();
    for (const auto &[key, value] : m_metadata)
        addRow(key, value);
    addRow({}, {});
}

MetadataRow *MetadataEditor::addRow(const QString &key, const QString &value)
{
    auto *row = new MetadataRow(key, value, *this);
    if (row->isNew()) {
        row->key->setPlaceholderText(tr("new key"));
        row->value->setPlaceholderText(tr("value"));
        row->remove->hide();
    }
    m_layout->insertWidget(m_layout->count() - 2, row);
    m_rows.push_back(row);
    return row;
}

connection::Metadata MetadataEditor::content() const
{
    connection::Metadata pairs;
    for (const MetadataRow *row : m_rows)
        if (const QString key = row->key->text().trimmed(); !key.isEmpty())
            pairs.push_back({key, row->value->text()});
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

void MetadataEditor::commit(MetadataRow *changed)
{
    if (!changed->isTouched())
        return;
    const QString key = changed->key->text().trimmed();
    if (key.isEmpty() && changed->isNew() && changed->value->text().isEmpty())
        return;
    QString problem = metadataKeyProblem(key);
    if (problem.isEmpty())
        problem = metadataValueProblem(changed->value->text());
    for (const MetadataRow *other : m_rows)
        if (problem.isEmpty() && other != changed && other->storedKey == key)
            problem = tr("There is a value for “%1” already.").arg(key);
    if (problem.isEmpty() && changed->isNew() && m_metadata.size() >= MostPairs)
        problem = tr("There can be at most %1 pairs.").arg(MostPairs);
    changed->note->say(problem);
    if (!problem.isEmpty())
        return;
    connection::Metadata after = m_metadata;
    std::erase_if(after, [&](const auto &pair) { return pair.first == changed->storedKey && !changed->isNew(); });
    after.push_back({key, changed->value->text()});
    std::sort(after.begin(), after.end());
    send(after, changed);
}

void MetadataEditor::remove(MetadataRow *row)
{
    connection::Metadata after = m_metadata;
    std::erase_if(after, [&](const auto &pair) { return pair.first == row->storedKey; });
    row->key->setText(row->storedKey); // Whatever was typed goes with the row.
    row->value->setText(row->storedValue);
    send(after, row);
}

void MetadataEditor::send(const connection::Metadata &after, MetadataRow *row)
{
    const auto object = m_object;
    const QPointer<MetadataRow> shown(row);
    connection::whenReady(m_editor.setMetadata(m_object, m_metadata, after, Editor::Report::Caller), this,
                          [this, object, shown](const Result<void> &result) {
                              if (!(object == m_object) || !shown || result)
                                  return;
                              shown->note->say(Editor::noteOf(result));
                              if (shown->note->text().isEmpty()) // a conflict, which is decided elsewhere
                                  rebuild();
                          });
}

} // namespace kith::views
