// SPDX-License-Identifier: Apache-2.0
#include "MountDialog.h"

#include "Chip.h"
#include "DialogFoot.h"
#include "Editor.h"
#include "MountEdit.h"
#include "connection/Async.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

namespace {

struct Method {
    const char *type;
    const char *name;
};
// Those that people use most first. Servers know others, which can be typed.
constexpr Method Methods[] = {{"userpass", QT_TRANSLATE_NOOP("kith::views::MountDialog", "Name and password")},
                              {"ldap", QT_TRANSLATE_NOOP("kith::views::MountDialog", "LDAP directory")},
                              {"oidc", QT_TRANSLATE_NOOP("kith::views::MountDialog", "OpenID Connect")},
                              {"jwt", QT_TRANSLATE_NOOP("kith::views::MountDialog", "Signed tokens (JWT)")},
                              {"approle", QT_TRANSLATE_NOOP("kith::views::MountDialog", "Programs (AppRole)")},
                              {"github", QT_TRANSLATE_NOOP("kith::views::MountDialog", "GitHub")},
                              {"kubernetes", QT_TRANSLATE_NOOP("kith::views::MountDialog", "Kubernetes")},
                              {"cert", QT_TRANSLATE_NOOP("kith::views::MountDialog", "TLS certificates")},
                              {"radius", QT_TRANSLATE_NOOP("kith::views::MountDialog", "RADIUS")},
                              {"kerberos", QT_TRANSLATE_NOOP("kith::views::MountDialog", "Kerberos")}};

} // namespace

MountDialog::MountDialog(std::optional<connection::MountRow> mount, Editor &editor, QWidget *parent)
    : QDialog(parent)
    , m_mount(std::move(mount))
    , m_editor(editor)
    , m_type(new QComboBox(this))
    , m_path(new QLineEdit(this))
    , m_description(new QLineEdit(this))
    , m_local(new QCheckBox(tr("&Only on this cluster, and not on its replicas"), this))
    , m_note(new FieldNote(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("mountDialog"));
    setWindowTitle(m_mount ? tr("Describe %1").arg(m_mount->path) : tr("Enable an auth method"));
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    build();
}

void MountDialog::build()
{
    m_type->setObjectName(QStringLiteral("mountType"));
    m_path->setObjectName(QStringLiteral("mountPath"));
    m_description->setObjectName(QStringLiteral("mountDescription"));
    m_local->setObjectName(QStringLiteral("mountLocal"));
    m_note->setObjectName(QStringLiteral("mountNote"));
    m_description->setPlaceholderText(tr("For whom it is, who looks after it"));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (m_mount) {
        m_type->hide();
        m_path->hide();
        m_local->hide();
        m_description->setText(m_mount->description);
    } else {
        m_type->setEditable(true);
        m_type->setInsertPolicy(QComboBox::NoInsert);
        for (const Method &method : Methods)
            m_type->addItem(
                tr("%1 – %2", "type of a mount, and what it is").arg(QLatin1String(method.type), tr(method.name)),
                QString::fromLatin1(method.type));
        form->addRow(tr("&Type:"), m_type);
        form->addRow(tr("&Path:"), m_path);
        connect(m_type, &QComboBox::currentTextChanged, this, &MountDialog::followType);
        connect(m_path, &QLineEdit::textEdited, this, [this] {
            m_pathTyped = !m_path->text().isEmpty();
            m_note->say({});
        });
    }
    form->addRow(tr("&Description:"), m_description);
    if (!m_mount)
        form->addRow(QString(), m_local);
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(12);
    if (!m_mount) {
        auto *what =
            new QLabel(tr("People and programs log in at an auth method. Kith enables it; who may log in there "
                          "is set up at its own endpoints."),
                       this);
        what->setWordWrap(true);
        rows->addWidget(what);
    }
    rows->addLayout(form);
    m_go = addFoot(*this, *rows, *m_note, m_mount ? tr("&Save") : tr("&Enable"), "saveMount", [this] { save(); });
    followType();
    (m_mount ? static_cast<QWidget *>(m_description) : m_type)->setFocus();
}

/// The word that stands for the type: of a listed one without what it is.
static QString typeIn(const QComboBox &box)
{
    const int listed = box.findText(box.currentText());
    return listed >= 0 ? box.itemData(listed).toString() : box.currentText().trimmed();
}

void MountDialog::followType()
{
    m_note->say({});
    if (!m_mount && !m_pathTyped)
        m_path->setText(typeIn(*m_type));
}

void MountDialog::save()
{
    QString path = m_path->text().trimmed();
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    const MountDraft draft{path, typeIn(*m_type), m_description->text().trimmed(),
                           m_local->isChecked() ? MountDraft::Reach::OneCluster : MountDraft::Reach::Everywhere};
    if (!m_mount && (draft.type.isEmpty() || path.isEmpty()))
        return m_note->say(draft.type.isEmpty() ? tr("A type is needed.") : tr("A path is needed."));
    m_go->setEnabled(false);
    const auto outcome =
        m_mount ? m_editor.describeMount(m_mount->path, m_mount->description, draft.description, Editor::Report::Caller)
                : m_editor.enableMount(draft, Editor::Report::Caller);
    connection::whenReady(outcome, this, [this](const Result<void> &done) {
        m_go->setEnabled(true);
        m_note->say(Editor::noteOf(done));
        if (done)
            accept();
    });
}

} // namespace kith::views
