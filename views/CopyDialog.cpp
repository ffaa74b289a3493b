// SPDX-License-Identifier: Apache-2.0
#include "CopyDialog.h"

#include "CopyTargetDialog.h"
#include "ElidedLabel.h"
#include "ErrorText.h"
#include "ImportPane.h"
#include "Look.h"
#include "MainWindow.h"
#include "MessageBar.h"
#include "MountMapping.h"
#include "ProductionQuestion.h"
#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/Conversions.h"

#include <QDateTime>
#include <QLocale>
#include <QPointer>
#include <QTimer>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <chrono>

namespace kith::views {

using connection::Connection;
using connection::DocumentMount;
using connection::whenReady;

static constexpr std::chrono::milliseconds Typing(400);

/// Without a right to know them: none.
static std::vector<connection::MountRow> mountsThere(const Result<core::Response> &answer)
{
    std::vector<connection::MountRow> mounts;
    const boost::json::object *data = connection::dataOf(answer);
    for (const auto &[path, mount] : data ? *data : boost::json::object())
        if (path.ends_with('/') && mount.is_object())
            mounts.push_back({connection::toQt(std::string_view(path.data(), path.size() - 1)),
                              connection::toQt(connection::textIn(mount.get_object(), "type")),
                              {}});
    return mounts;
}

class CopyDialog::Private
{
public:
    Private(CopyDialog &dialog, Connection &from, CopyTarget where, std::shared_ptr<Connection> opened)
        : q(dialog)
        , source(from)
        , target(std::move(where))
        , to(std::move(opened))
        , there(to.get())
        , mounts(new MountMapping(&dialog))
        , pane(new ImportPane(*to, ImportPane::Manner::Copy, &dialog))
    {}

    void build();
    void join();
    void start();
    void readSource();
    void readTarget();
    void readMounts();
    void plan();
    void done(const QString &summary, const QString &undo);
    QString targetName() const { return shownName(target.name, 60); }

    CopyDialog &q;
    Connection &source;
    const CopyTarget target;
    std::shared_ptr<Connection> to;
    QPointer<Connection> there; ///< `to` may be somebody else's, who closes it.
    MountMapping *mounts;
    ImportPane *pane;
    QTimer typing;
    std::string document; ///< As it is in the source; empty: not read yet.
    bool targetRead = false;
    bool stuck = false; ///< The source can't be read.
    int generation = 0;
};

void CopyDialog::Private::build()
{
    q.setObjectName(QStringLiteral("copyDialog"));
    q.setWindowTitle(CopyDialog::tr("Copy to %1").arg(targetName()));
    q.setAttribute(Qt::WA_DeleteOnClose);
    q.resize(q.fontMetrics().averageCharWidth() * 96, q.fontMetrics().height() * 38);
    auto *way = new ElidedLabel(&q);
    way->setObjectName(QStringLiteral("copyWay"));
    QFont strong = q.font();
    strong.setWeight(QFont::DemiBold);
    way->setFont(strong);
    way->setWhole(CopyDialog::tr("From %1 to %2").arg(shownName(source.name(), 60), targetName()),
                  ElidedLabel::Kind::Sentence);
    way->setToolTip(CopyDialog::tr("From %1 to %2").arg(shownName(source.location(), 2000), target.location));
    auto *rows = new QVBoxLayout(&q);
    rows->setSpacing(8);
    rows->addWidget(way);
    rows->addWidget(mounts);
    rows->addWidget(pane, 1);
    if (target.production)
        pane->setConfirm(
            [this](const QString &what, std::function<void(bool)> answer) {
                askForProduction(&q, target.name, what, std::move(answer));
            },
            CopyDialog::tr("Copy the identities of %1 to %2").arg(shownName(source.name(), 60), targetName()));
}

void CopyDialog::Private::join()
{
    typing.setSingleShot(true);
    typing.setInterval(Typing);
    QObject::connect(&typing, &QTimer::timeout, &q, [this] { plan(); });
    QObject::connect(mounts, &MountMapping::changed, &q, [this] {
        typing.start();
        pane->sayBusy(CopyDialog::tr("Looking what would be done …"));
    });
    QObject::connect(pane, &ImportPane::stepChanged, &q,
                     // With other mounts the rest would not be the rest of what is copied already.
                     [this] { mounts->setEnabled(!pane->isImporting() && !pane->goesOn() && !pane->hasMoreToTell()); });
    QObject::connect(pane, &ImportPane::retryWanted, &q, [this] { start(); });
    QObject::connect(pane, &ImportPane::closeWanted, &q, &QDialog::reject);
    QObject::connect(pane, &ImportPane::imported, &q,
                     [this](const QString &summary, const QString &undo) { done(summary, undo); });
    QObject::connect(to.get(), &QObject::destroyed, &q, [this] {
        pane->setGone(CopyDialog::tr("The connection to %1 is closed: nothing more is copied.").arg(targetName()));
    });
    if (auto *server = qobject_cast<connection::RemoteConnection *>(to.get()))
        QObject::connect(server, &connection::RemoteConnection::mirrorChanged, &q, [this] { readTarget(); });
}

/// Both are read at the same time; then it is planned.
void CopyDialog::Private::start()
{
    document.clear();
    targetRead = false;
    stuck = false;
    ++generation;
    pane->sayBusy(CopyDialog::tr("Reading %1 …").arg(shownName(source.name(), 60)));
    readSource();
    auto *server = qobject_cast<connection::RemoteConnection *>(to.get());
    if (server && !unreadableText(*to).isEmpty())
        server->refresh(); // then it is looked at again
    else
        readTarget();
}

void CopyDialog::Private::readSource()
{
    auto answer = source.send(connection::requestOf(core::Operation::Read, "kith/export"));
    whenReady(answer, &q, [this, asked = generation](const Result<core::Response> &exported) {
        if (asked != generation)
            return;
        const boost::json::object *data = connection::dataOf(exported);
        if (!data || connection::textIn(*data, "document").empty()) {
            stuck = true;
            return pane->sayProblem(
                CopyDialog::tr("%1 can’t be read: %2").arg(shownName(source.name(), 60), errorText(errorOf(exported))));
        }
        document = connection::textIn(*data, "document");
        readMounts();
    });
}

/// Of a server all has to be known before it can be compared.
void CopyDialog::Private::readTarget()
{
    if (targetRead || stuck || !there)
        return;
    if (const QString why = unreadableText(*to); !why.isEmpty())
        return pane->sayProblem(why);
    if (const QString how = readingText(*to); !how.isEmpty())
        return pane->sayBusy(how);
    targetRead = true;
    readMounts();
}

/// When both have been read.
void CopyDialog::Private::readMounts()
{
    if (!targetRead || document.empty())
        return;
    auto here = QtConcurrent::run([bytes = document] { return connection::mountsIn(bytes); });
    whenReady(here, &q, [this, asked = generation](const Result<std::vector<DocumentMount>> &mine) {
        if (asked != generation || !there)
            return;
        if (!mine)
            return pane->sayProblem(errorText(mine.error()));
        // From the core itself: a mirror may not be that far.
        whenReady(to->send(connection::requestOf(core::Operation::Read, "sys/auth")), &q,
                  [this, asked, mine = *mine](const Result<core::Response> &theirs) {
                      if (asked != generation)
                          return;
                      const QSignalBlocker quiet(mounts);
                      mounts->setMounts(mine, mountsThere(theirs));
                      plan();
                  });
    });
}

void CopyDialog::Private::plan()
{
    const int asked = ++generation;
    auto renamed = QtConcurrent::run(
        [bytes = document, names = mounts->names()] { return connection::withMountNames(bytes, names); });
    whenReady(renamed, &q, [this, asked](Result<std::string> named) {
        if (asked != generation)
            return;
        if (named)
            pane->preview(std::move(*named));
        else
            pane->sayProblem(errorText(named.error()));
    });
}

void CopyDialog::Private::done(const QString &summary, const QString &undo)
{
    pane->setReportHead(CopyDialog::tr("Copied from %1 (%2) to %3 (%4), %5")
                            .arg(shownName(source.name()), shownName(source.location(), 2000), shownName(target.name),
                                 target.location,
                                 QLocale().toString(QDateTime::currentDateTime(), QLocale::ShortFormat)));
    if (target.told)
        target.told(source.name(), CopyDialog::tr("Copied from %1: %2").arg(shownName(source.name(), 60), summary),
                    undo);
    Q_EMIT q.copied(CopyDialog::tr("Copied to %1: %2").arg(targetName(), summary));
}

CopyDialog::CopyDialog(Connection &source, const CopyTarget &target, std::shared_ptr<Connection> to, QWidget *parent)
    : QDialog(parent), m_d(std::make_unique<Private>(*this, source, target, std::move(to)))
{
    m_d->build();
    m_d->join();
    m_d->start();
}

/// What it waits for ends before the connection that it may own.
CopyDialog::~CopyDialog()
{
    if (m_d->there)
        disconnect(m_d->there.data(), nullptr, this, nullptr);
}

void CopyDialog::reject()
{
    if (m_d->pane->stop())
        QDialog::reject();
}

void CopyDialog::lock(const QString &profileId)
{
    const auto *server = qobject_cast<const connection::RemoteConnection *>(m_d->there.data());
    if (!server || !(profileId.isEmpty() || server->profile().id == profileId))
        return;
    if (!m_d->pane->isImporting())
        return QDialog::reject();
    for (QDialog *asked : findChildren<QDialog *>())
        asked->reject();
    hide();
    connect(m_d->pane, &ImportPane::ended, this, &QObject::deleteLater);
}

void startCopy(Connection &source, std::vector<CopyTarget> targets, MainWindow &window)
{
    auto *dialog = new CopyTargetDialog(source, std::move(targets), &window);
    QObject::connect(dialog, &CopyTargetDialog::opened, &window,
                     [&source, &window](const CopyTarget &target, const std::shared_ptr<Connection> &to) {
                         auto *copy = new CopyDialog(source, target, to, &window);
                         QObject::connect(copy, &CopyDialog::copied, &window, [&window](const QString &text) {
                             window.showMessage({Message::Kind::Done, text, {}});
                         });
                         copy->open();
                     });
    dialog->open();
}

} // namespace kith::views
