// SPDX-License-Identifier: Apache-2.0
#include "ImportPane.h"

#include "Direction.h"
#include "ErrorText.h"
#include "Look.h"
#include "connection/Async.h"
#include "connection/RemoteConnection.h"
#include "connection/VaultHttp.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace kith::views {

namespace {

constexpr std::chrono::milliseconds ProgressEvery(100);
constexpr std::chrono::milliseconds Slow(1000);
constexpr int LongestName = 60;

/// The server of which there must be a mirror; null: none is needed.
const connection::RemoteConnection *mirrored(const connection::Connection &core)
{
    const auto *server = qobject_cast<const connection::RemoteConnection *>(&core);
    return server && !server->hasKith() ? server : nullptr;
}

} // namespace

QString readingText(const connection::Connection &core)
{
    using Phase = connection::MirrorState::Phase;
    const auto *server = mirrored(core);
    if (!server || server->mirror().phase == Phase::Current)
        return {};
    const connection::MirrorState &mirror = server->mirror();
    const QString name = shownName(core.name(), LongestName);
    const QLocale locale;
    return mirror.total > 0 ? ImportPane::tr("Reading %1: %2 of %3")
                                  .arg(name, locale.toString(mirror.done), locale.toString(mirror.total))
                            : ImportPane::tr("Reading %1 …").arg(name);
}

QString unreadableText(const connection::Connection &core)
{
    const auto *server = mirrored(core);
    if (!server || server->mirror().phase != connection::MirrorState::Phase::Failed)
        return {};
    const auto &problem = server->mirror().problem;
    return ImportPane::tr("%1 can’t be read: %2")
        .arg(shownName(core.name(), LongestName), problem ? errorText(*problem) : QString());
}

class ImportPane::Private
{
public:
    enum class Purpose { Preview, Import };
    enum class Step { Waiting, Busy, Previewing, Deciding, Asking, Importing, Done };
    /// What the main button does.
    enum class Next {
        Nothing,
        Import,
        GoOn,  ///< A part is done: what the rest is has to be looked at anew.
        Retry, ///< There is no document, or no plan.
    };

    Private(ImportPane &pane, connection::Connection &to, Manner how) : q(pane), target(&to), manner(how) {}

    bool copies() const { return manner == Manner::Copy; }
    void build();
    void preview();
    void readAnew();
    bool isRead() const;
    void wait();
    void send(Purpose purpose);
    void previewed(const Result<core::Response> &answer);
    void ask();
    void apply();
    void applied(const Result<core::Response> &answer);
    void notDone(const Result<core::Response> &answer);
    void done(const core::Response &answer);
    void showPartial(const ImportPreview &result);
    void showPreview(const boost::json::value &data);
    void showProblem(const QString &text, Next then);
    void setStep(Step to, Next then);
    void dropWhatIsAsked();
    void moveFocus(QWidget *to);
    QString nextText() const;
    void showProgress();
    core::Request request(Purpose purpose) const;

    ImportPane &q;
    connection::Connection *target; ///< Null: it is gone.
    const Manner manner;
    Confirm confirm;
    QString what; ///< To be confirmed.
    QString reportHead;
    PlaceName placeName;
    Step step = Step::Waiting;
    Next next = Next::Nothing;
    std::string bytes;
    std::string fingerprint;
    int generation = 0;
    std::shared_ptr<core::Progress> progress;
    bool partly = false; ///< Some of the document is, or may be, written.
    bool waits = false;  ///< For the target to be read.
    QDateTime known;     ///< What the mirror had when something was written: older than that.

    QLabel *verdict = nullptr;
    CardView *cards = nullptr;
    QProgressBar *bar = nullptr;
    QPushButton *go = nullptr;
    QPushButton *cancel = nullptr;
    QPushButton *copyReport = nullptr;
    QTimer poll;
    QTimer slow;
};

void ImportPane::Private::build()
{
    verdict = new QLabel(&q);
    verdict->setObjectName(QStringLiteral("importVerdict"));
    verdict->setTextFormat(Qt::PlainText);
    verdict->setWordWrap(true);
    cards = new CardView(&q);
    cards->setObjectName(QStringLiteral("importCards"));
    cards->setAccessibleName(copies() ? ImportPane::tr("What the copy would do")
                                      : ImportPane::tr("What the import would do"));
    bar = new QProgressBar(&q);
    bar->setObjectName(QStringLiteral("importProgress"));
    bar->hide();
    auto *buttons = new QDialogButtonBox(&q);
    copyReport = buttons->addButton(ImportPane::tr("&Report to clipboard"), QDialogButtonBox::ResetRole);
    copyReport->setObjectName(QStringLiteral("copyReport"));
    copyReport->setAutoDefault(false);
    go = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    go->setObjectName(QStringLiteral("applyImport"));
    go->setDefault(true);
    cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setObjectName(QStringLiteral("cancelImport"));
    auto *rows = new QVBoxLayout(&q);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(verdict);
    rows->addWidget(cards, 1);
    rows->addWidget(bar);
    rows->addWidget(buttons);
    slow.setSingleShot(true);
    QObject::connect(&slow, &QTimer::timeout, &q, [this] { bar->show(); });
    QObject::connect(&poll, &QTimer::timeout, &q, [this] { showProgress(); });
    QObject::connect(go, &QPushButton::clicked, &q, [this] { ask(); });
    QObject::connect(cancel, &QPushButton::clicked, &q, &ImportPane::closeWanted);
    QObject::connect(copyReport, &QPushButton::clicked, &q, [this] { QApplication::clipboard()->setText(q.report()); });
}

QString ImportPane::Private::nextText() const
{
    switch (next) {
    case Next::GoOn:
        return ImportPane::tr("&Go on with the rest");
    case Next::Retry:
        return ImportPane::tr("&Try again");
    case Next::Nothing:
    case Next::Import:
        break;
    }
    return copies() ? ImportPane::tr("&Copy") : ImportPane::tr("&Import");
}

void ImportPane::Private::setStep(Step to, Next then)
{
    step = to;
    next = then;
    partly = partly || next == Next::GoOn;
    const bool working = step == Step::Busy || step == Step::Previewing || step == Step::Importing;
    const bool over = step == Step::Done || (step == Step::Deciding && next == Next::Nothing);
    go->setText(nextText());
    go->setEnabled(step == Step::Deciding && next != Next::Nothing);
    go->setVisible(step != Step::Done);
    copyReport->setEnabled(!working && !cards->cards().empty());
    cancel->setEnabled(true);
    cancel->setText(over ? ImportPane::tr("Close") : ImportPane::tr("Cancel"));
    bar->setRange(0, 0);
    if (working) {
        slow.start(Slow);
        poll.start(ProgressEvery);
    } else {
        slow.stop();
        poll.stop();
        bar->hide();
    }
    Q_EMIT q.stepChanged();
}

/// Nobody wants the answer any more: the core shall not go on working at it.
void ImportPane::Private::dropWhatIsAsked()
{
    ++generation;
    if (progress)
        progress->cancelled = true;
    progress.reset();
}

void ImportPane::Private::showProgress()
{
    if (!progress || progress->total == 0)
        return;
    bar->setRange(0, 1000); // Counts may be larger than an int.
    bar->setValue(
        static_cast<int>(1000.0 * static_cast<double>(progress->done) / static_cast<double>(progress->total)));
}

core::Request ImportPane::Private::request(Purpose purpose) const
{
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = purpose == Purpose::Preview ? "kith/import/preview" : "kith/import";
    request.data["document"] = bytes;
    if (purpose == Purpose::Import)
        request.data["fingerprint"] = fingerprint;
    request.progress = progress;
    return request;
}

/// What was written isn't in the mirror yet, or the mirror isn't to be had.
void ImportPane::Private::readAnew()
{
    if (auto *server = qobject_cast<connection::RemoteConnection *>(target); server && mirrored(*target)) {
        known = server->readAt();
        server->refresh();
    }
}

bool ImportPane::Private::isRead() const
{
    return readingText(*target).isEmpty() && (!known.isValid() || target->readAt() > known);
}

/// The mirror is another.
void ImportPane::Private::wait()
{
    if (!waits || !target)
        return;
    const QString why = unreadableText(*target);
    if (why.isEmpty())
        return preview();
    waits = false;
    showProblem(why, Next::Retry);
}

void ImportPane::Private::preview()
{
    waits = !isRead();
    if (waits) {
        const QString reading = readingText(*target);
        verdict->setText(reading.isEmpty() ? ImportPane::tr("Looking what would be done …") : reading);
        return setStep(Step::Busy, Next::Nothing);
    }
    known = {};
    send(Purpose::Preview);
}

void ImportPane::Private::send(Purpose purpose)
{
    const int asked = generation;
    progress = std::make_shared<core::Progress>();
    setStep(purpose == Purpose::Preview ? Step::Previewing : Step::Importing, Next::Nothing);
    connection::whenReady(target->send(request(purpose)), &q,
                          [this, asked, purpose](const Result<core::Response> &answer) {
                              if (asked == generation)
                                  purpose == Purpose::Preview ? previewed(answer) : applied(answer);
                          });
}

void ImportPane::Private::previewed(const Result<core::Response> &answer)
{
    if (answer && answer->data && answer->data->is_object() && answer->data->get_object().contains("counts"))
        showPreview(*answer->data);
    else if (answer && answer->ok())
        showProblem(ImportPane::tr("The core sent no preview."), Next::Nothing);
    else // what stopped it may be gone when it is tried again
        showProblem(errorText(errorOf(answer)), Next::Retry);
}

void ImportPane::Private::showPreview(const boost::json::value &data)
{
    ImportPreview shown = readPreview(data, placeName);
    fingerprint = shown.fingerprint;
    const bool possible = shown.importable && !shown.nothingToDo;
    verdict->setText(!copies() || !possible
                         ? shown.verdict
                         : ImportPane::tr("This is what the copy would do. Nothing is ever deleted by it."));
    cards->setCards(std::move(shown.cards), {}, CardView::Scroll::Top);
    setStep(Step::Deciding, possible ? Next::Import : Next::Nothing);
    moveFocus(possible ? go : cancel);
}

void ImportPane::Private::showProblem(const QString &text, Next then)
{
    verdict->setText(text);
    setStep(Step::Deciding, then);
    moveFocus(then == Next::Nothing ? cancel : go);
}

/// Whoever is choosing something beside it goes on with that.
void ImportPane::Private::moveFocus(QWidget *to)
{
    const QWidget *has = q.window()->focusWidget();
    if (!has || q.isAncestorOf(has) || qobject_cast<const QPushButton *>(has))
        to->setFocus();
}

void ImportPane::Private::ask()
{
    if (step != Step::Deciding || !target)
        return;
    if (next == Next::Retry && bytes.empty())
        return Q_EMIT q.retryWanted();
    if (next == Next::Retry || next == Next::GoOn) {
        readAnew();
        return preview();
    }
    if (next != Next::Import)
        return;
    if (!confirm)
        return apply();
    setStep(Step::Asking, next);
    confirm(what, [this, asked = generation, here = QPointer(&q)](bool yes) {
        if (!here || asked != generation || step != Step::Asking)
            return;
        if (yes)
            apply();
        else
            setStep(Step::Deciding, next);
    });
}

void ImportPane::Private::apply()
{
    verdict->setText(copies() ? ImportPane::tr("Copying …") : ImportPane::tr("Importing …"));
    send(Purpose::Import);
}

void ImportPane::Private::applied(const Result<core::Response> &answer)
{
    const bool stopped = progress && progress->cancelled;
    step = Step::Deciding;
    const bool whole = answer && answer->ok() && answer->data;
    const ImportPreview result =
        !whole && answer && answer->data ? readPreview(*answer->data, placeName) : ImportPreview();
    if (whole)
        done(*answer);
    else if (result.partial)
        showPartial(result);
    else if (stopped)
        Q_EMIT q.closeWanted();
    else
        notDone(answer);
    Q_EMIT q.ended(whole ? QString() : verdict->text());
}

void ImportPane::Private::notDone(const Result<core::Response> &answer)
{
    if (answer && answer->status == 412) {
        readAnew(); // Somebody changed the core: what was agreed to is not what would be done.
        preview();
        verdict->setText(ImportPane::tr("The core has changed meanwhile. Looking again …"));
    } else if (answer && answer->data && answer->data->is_object()) {
        showPreview(*answer->data);
    } else if (!answer && connection::isOutcomeUnknown(answer.error())) {
        showProblem(errorText(answer.error()), Next::GoOn);
    } else {
        const QString why = errorText(errorOf(answer));
        showProblem(
            (copies() ? ImportPane::tr("Nothing was copied. %1") : ImportPane::tr("Nothing was imported. %1")).arg(why),
            Next::Import); // What stopped it may be gone when it is tried again.
    }
}

void ImportPane::Private::done(const core::Response &answer)
{
    ImportPreview result = readPreview(*answer.data, placeName, ImportStage::Done);
    Q_EMIT q.imported(result.summary, result.undo);
    if (result.overwritten == 0 && !copies())
        return;
    verdict->setText(
        result.overwritten > 0
            ? (copies() ? ImportPane::tr("It is copied, but somebody else wrote at the same moment. Look at these:")
                        : ImportPane::tr("It is imported, but somebody else wrote at the same moment. Look at these:"))
            : ImportPane::tr("It is copied: %1.").arg(result.summary));
    cards->setCards(std::move(copies() ? result.cards : result.problems), {}, CardView::Scroll::Top);
    setStep(Step::Done, Next::Nothing);
    cancel->setFocus();
}

void ImportPane::Private::showPartial(const ImportPreview &result)
{
    verdict->setText(result.verdict);
    cards->setCards(result.cards, {}, CardView::Scroll::Top);
    setStep(Step::Deciding, Next::GoOn);
    go->setFocus();
}

ImportPane::ImportPane(connection::Connection &target, Manner manner, QWidget *parent)
    : QWidget(parent), m_d(std::make_unique<Private>(*this, target, manner))
{
    m_d->build();
    if (auto *server = qobject_cast<connection::RemoteConnection *>(&target))
        connect(server, &connection::RemoteConnection::mirrorChanged, this, [this] { m_d->wait(); });
    m_d->setStep(Private::Step::Waiting, Private::Next::Nothing);
}

ImportPane::~ImportPane() = default;

void ImportPane::setConfirm(Confirm confirm, const QString &what)
{
    m_d->confirm = std::move(confirm);
    m_d->what = what;
}

void ImportPane::setReportHead(const QString &text)
{
    m_d->reportHead = text;
}

void ImportPane::sayAtFirst(const QString &text)
{
    m_d->verdict->setText(text);
    m_d->setStep(Private::Step::Waiting, Private::Next::Nothing);
}

void ImportPane::sayBusy(const QString &text)
{
    m_d->dropWhatIsAsked();
    m_d->bytes.clear();
    m_d->waits = false;
    m_d->partly = false;
    m_d->verdict->setText(text);
    m_d->cards->setCards({}, {}, CardView::Scroll::Top);
    m_d->setStep(Private::Step::Busy, Private::Next::Nothing);
}

void ImportPane::sayProblem(const QString &text)
{
    m_d->showProblem(text, m_d->copies() ? Private::Next::Retry : Private::Next::Nothing);
}

void ImportPane::sayProblems(const QString &text, std::vector<Card> problems)
{
    m_d->cards->setCards(std::move(problems), {}, CardView::Scroll::Top);
    sayProblem(text);
}

void ImportPane::setPlaceName(PlaceName placeName)
{
    m_d->placeName = std::move(placeName);
}

void ImportPane::preview(std::string document)
{
    if (!m_d->target)
        return;
    m_d->dropWhatIsAsked();
    m_d->bytes = std::move(document);
    if (!unreadableText(*m_d->target).isEmpty())
        m_d->readAnew();
    m_d->preview();
}

void ImportPane::setGone(const QString &why)
{
    m_d->dropWhatIsAsked();
    const bool importing = isImporting();
    m_d->waits = false;
    m_d->target = nullptr;
    m_d->showProblem(why, Private::Next::Nothing);
    if (importing)
        Q_EMIT ended(why);
}

bool ImportPane::stop()
{
    if (m_d->step == Private::Step::Previewing && m_d->progress)
        m_d->progress->cancelled = true;
    if (m_d->step != Private::Step::Importing)
        return true;
    m_d->progress->cancelled = true; // Closed when the core says what became of it.
    m_d->verdict->setText(tr("Stopping …"));
    m_d->cancel->setEnabled(false);
    return false;
}

bool ImportPane::isImporting() const
{
    return m_d->step == Private::Step::Importing;
}

bool ImportPane::goesOn() const
{
    return m_d->partly;
}

bool ImportPane::mayChoose() const
{
    return m_d->step == Private::Step::Waiting || m_d->step == Private::Step::Deciding;
}

bool ImportPane::hasMoreToTell() const
{
    return m_d->step == Private::Step::Done;
}

QString ImportPane::report() const
{
    const QString head = m_d->reportHead.isEmpty() ? QString() : m_d->reportHead + QLatin1Char('\n');
    return withoutMarks(head + m_d->verdict->text() + QStringLiteral("\n\n") + plainText(m_d->cards->cards()));
}

} // namespace kith::views
