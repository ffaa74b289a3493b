// SPDX-License-Identifier: Apache-2.0
#include "ImportDialog.h"

#include "ElidedLabel.h"
#include "ErrorText.h"
#include "ImportPreview.h"
#include "Look.h"
#include "connection/Async.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QTimer>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <chrono>

namespace kith::views {

namespace {

constexpr std::chrono::milliseconds ProgressEvery(100);
constexpr std::chrono::milliseconds Slow(1000);
constexpr int LongestName = 80;
constexpr qint64 LargestFile = qint64(1) << 30; ///< A gibibyte: larger than any document, and still fits in memory.

struct FileRead {
    std::string bytes;
    QString problem; ///< Empty: it was read.
};

FileRead readFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, file.errorString()};
    if (file.size() > LargestFile)
        return {{}, ImportDialog::tr("it is larger than a gibibyte, and no identity document")};
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return {{}, file.errorString()};
    return {bytes.toStdString(), {}};
}

} // namespace

class ImportDialog::Private
{
public:
    enum class Purpose { Preview, Import };
    enum class Step { Choosing, Reading, Previewing, Deciding, Importing };

    Private(ImportDialog &dialog, connection::Connection &c) : q(dialog), connection(c) {}

    void build();
    void choose();
    void read(const QString &name);
    void preview();
    void previewed(const Result<core::Response> &answer);
    void apply();
    void applied(const Result<core::Response> &answer);
    void done(const ImportPreview &result);
    void showPartial(const ImportPreview &result);
    void showPreview(const boost::json::value &data);
    void showProblem(const QString &text);
    void setStep(Step to);
    void showProgress();
    core::Request request(Purpose purpose) const;
    QString shownFile() const;
    QString shownDocument() const;

    ImportDialog &q;
    connection::Connection &connection;
    Step step = Step::Choosing;
    QString file;
    std::string bytes;
    std::string fingerprint;
    bool canImport = false;
    bool goesOn = false; ///< A part is done: what the rest is has to be looked at anew.
    int generation = 0;
    std::shared_ptr<core::Progress> progress;

    ElidedLabel *fileLabel = nullptr;
    QPushButton *chooseButton = nullptr;
    QLabel *verdict = nullptr;
    CardView *cards = nullptr;
    QProgressBar *bar = nullptr;
    QPushButton *importButton = nullptr;
    QPushButton *cancelButton = nullptr;
    QTimer poll;
    QTimer slow;
};

void ImportDialog::Private::build()
{
    q.setObjectName(QStringLiteral("importDialog"));
    q.setWindowTitle(ImportDialog::tr("Import a document"));
    q.setAttribute(Qt::WA_DeleteOnClose);
    q.resize(q.fontMetrics().averageCharWidth() * 90, q.fontMetrics().height() * 32);

    fileLabel = new ElidedLabel(&q);
    fileLabel->setObjectName(QStringLiteral("importFile"));
    QFont strong = q.font();
    strong.setWeight(QFont::DemiBold);
    fileLabel->setFont(strong);
    chooseButton = new QPushButton(ImportDialog::tr("&Choose a file …"), &q);
    chooseButton->setObjectName(QStringLiteral("chooseButton"));
    chooseButton->setAutoDefault(false);
    verdict = new QLabel(&q);
    verdict->setObjectName(QStringLiteral("importVerdict"));
    verdict->setTextFormat(Qt::PlainText);
    verdict->setWordWrap(true);
    cards = new CardView(&q);
    cards->setObjectName(QStringLiteral("importCards"));
    cards->setAccessibleName(ImportDialog::tr("What the import would do"));
    bar = new QProgressBar(&q);
    bar->setObjectName(QStringLiteral("importProgress"));
    bar->hide();
    auto *buttons = new QDialogButtonBox(&q);
    importButton = buttons->addButton(ImportDialog::tr("&Import"), QDialogButtonBox::AcceptRole);
    importButton->setObjectName(QStringLiteral("applyImport"));
    importButton->setDefault(true);
    cancelButton = buttons->addButton(QDialogButtonBox::Cancel);
    cancelButton->setObjectName(QStringLiteral("cancelImport"));

    auto *top = new QHBoxLayout;
    top->addWidget(fileLabel, 1);
    top->addWidget(chooseButton);
    auto *rows = new QVBoxLayout(&q);
    rows->setSpacing(8);
    rows->addLayout(top);
    rows->addWidget(verdict);
    rows->addWidget(cards, 1);
    rows->addWidget(bar);
    rows->addWidget(buttons);

    slow.setSingleShot(true);
    QObject::connect(&slow, &QTimer::timeout, &q, [this] { bar->show(); });
    QObject::connect(&poll, &QTimer::timeout, &q, [this] { showProgress(); });
    QObject::connect(chooseButton, &QPushButton::clicked, &q, [this] { choose(); });
    QObject::connect(importButton, &QPushButton::clicked, &q, [this] { apply(); });
    QObject::connect(cancelButton, &QPushButton::clicked, &q, &QDialog::reject);
}

void ImportDialog::Private::setStep(Step to)
{
    step = to;
    const bool working = step == Step::Reading || step == Step::Previewing || step == Step::Importing;
    chooseButton->setEnabled(step == Step::Choosing || step == Step::Deciding);
    importButton->setEnabled(step == Step::Deciding && canImport);
    importButton->setText(goesOn ? ImportDialog::tr("&Go on with the rest") : ImportDialog::tr("&Import"));
    cancelButton->setText(step == Step::Deciding && !canImport ? ImportDialog::tr("Close")
                                                               : ImportDialog::tr("Cancel"));
    bar->setRange(0, 0);
    if (working) {
        slow.start(Slow);
        poll.start(ProgressEvery);
    } else {
        slow.stop();
        poll.stop();
        bar->hide();
    }
}

void ImportDialog::Private::showProgress()
{
    if (!progress || progress->total == 0)
        return;
    bar->setRange(0, 1000); // Counts may be larger than an int.
    bar->setValue(
        static_cast<int>(1000.0 * static_cast<double>(progress->done) / static_cast<double>(progress->total)));
}

void ImportDialog::Private::choose()
{
    auto *dialog = new QFileDialog(&q, ImportDialog::tr("Choose an identity document"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({ImportDialog::tr("Identity documents (*.json)"), ImportDialog::tr("All files (*)")});
    dialog->setDirectory(file.isEmpty() || file.startsWith(QLatin1Char(':'))
                             ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                             : QFileInfo(file).absolutePath());
    QObject::connect(dialog, &QFileDialog::fileSelected, &q, [this](const QString &name) { read(name); });
    dialog->open();
}

/// What a sentence calls the document.
QString ImportDialog::Private::shownDocument() const
{
    return file.startsWith(QLatin1Char(':')) ? ImportDialog::tr("the sample organisation")
                                             : shownName(QFileInfo(file).fileName(), LongestName);
}

QString ImportDialog::Private::shownFile() const
{
    if (file.startsWith(QLatin1Char(':')))
        return ImportDialog::tr("The sample organisation");
    return QDir::toNativeSeparators(file);
}

void ImportDialog::Private::read(const QString &name)
{
    file = name;
    const int asked = ++generation;
    fileLabel->setWhole(shownFile());
    verdict->setText(ImportDialog::tr("Reading …"));
    cards->setCards({}, {}, CardView::Scroll::Top);
    canImport = false;
    setStep(Step::Reading);
    auto *watcher = new QFutureWatcher<FileRead>(&q);
    QObject::connect(watcher, &QFutureWatcherBase::finished, &q, [this, watcher, asked] {
        watcher->deleteLater();
        if (asked != generation)
            return;
        FileRead result = watcher->future().takeResult();
        if (!result.problem.isEmpty()) {
            showProblem(ImportDialog::tr("The file can't be read: %1. Choose another one.").arg(result.problem));
            return;
        }
        bytes = std::move(result.bytes);
        preview();
    });
    watcher->setFuture(QtConcurrent::run(readFile, name));
}

core::Request ImportDialog::Private::request(Purpose purpose) const
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

void ImportDialog::Private::preview()
{
    const int asked = generation;
    progress = std::make_shared<core::Progress>();
    goesOn = false;
    setStep(Step::Previewing);
    connection::whenReady(connection.send(request(Purpose::Preview)), &q,
                          [this, asked](const Result<core::Response> &answer) {
                              if (asked == generation)
                                  previewed(answer);
                          });
}

void ImportDialog::Private::previewed(const Result<core::Response> &answer)
{
    if (answer && answer->data && answer->data->is_object() && answer->data->get_object().contains("counts"))
        showPreview(*answer->data);
    else if (answer && answer->ok())
        showProblem(ImportDialog::tr("The core sent no preview."));
    else
        showProblem(errorText(answer ? errorOf(*answer) : answer.error()));
}

void ImportDialog::Private::showPreview(const boost::json::value &data)
{
    ImportPreview shown = readPreview(data);
    fingerprint = shown.fingerprint;
    canImport = shown.importable && !shown.nothingToDo;
    verdict->setText(shown.verdict);
    cards->setCards(std::move(shown.cards), {}, CardView::Scroll::Top);
    setStep(Step::Deciding);
    (canImport ? importButton : cancelButton)->setFocus();
}

void ImportDialog::Private::showProblem(const QString &text)
{
    canImport = false;
    verdict->setText(text);
    setStep(Step::Deciding);
    chooseButton->setFocus();
}

void ImportDialog::Private::apply()
{
    if (step != Step::Deciding || !canImport)
        return;
    if (goesOn)
        return preview();
    const int asked = generation;
    progress = std::make_shared<core::Progress>();
    verdict->setText(ImportDialog::tr("Importing …"));
    setStep(Step::Importing);
    connection::whenReady(connection.send(request(Purpose::Import)), &q,
                          [this, asked](const Result<core::Response> &answer) {
                              if (asked == generation)
                                  applied(answer);
                          });
}

void ImportDialog::Private::applied(const Result<core::Response> &answer)
{
    const bool stopped = progress && progress->cancelled;
    step = Step::Deciding;
    const ImportPreview result = answer && answer->data ? readPreview(*answer->data) : ImportPreview();
    if (answer && answer->ok() && answer->data) {
        done(result);
    } else if (result.partial) {
        showPartial(result);
    } else if (stopped) {
        q.reject();
    } else if (answer && answer->status == 412) {
        preview(); // Somebody changed the core: what was agreed to is not what would be done.
        verdict->setText(ImportDialog::tr("The core has changed meanwhile. Looking again …"));
    } else if (answer && answer->data && answer->data->is_object()) {
        showPreview(*answer->data);
    } else {
        canImport = true; // What stopped it may be gone when it is tried again.
        verdict->setText(
            ImportDialog::tr("Nothing was imported. %1").arg(errorText(answer ? errorOf(*answer) : answer.error())));
        setStep(Step::Deciding);
    }
    Q_EMIT q.ended(answer && answer->ok() ? QString() : verdict->text());
}

void ImportDialog::Private::done(const ImportPreview &result)
{
    const QString name = shownDocument();
    Q_EMIT q.imported(name, ImportDialog::tr("Imported %1: %2").arg(name, result.summary), result.undo);
    if (result.overwritten == 0)
        return q.accept();
    showPreview({});
    verdict->setText(ImportDialog::tr("It is imported, but somebody else wrote at the same moment. Look at these:"));
    cards->setCards(result.problems, {}, CardView::Scroll::Top);
}

void ImportDialog::Private::showPartial(const ImportPreview &result)
{
    canImport = goesOn = true;
    verdict->setText(result.verdict);
    cards->setCards(result.cards, {}, CardView::Scroll::Top);
    cancelButton->setEnabled(true);
    setStep(Step::Deciding);
    importButton->setFocus();
}

bool ImportDialog::isImporting() const
{
    return m_d->step == Private::Step::Importing;
}

ImportDialog::ImportDialog(connection::Connection &connection, const QString &file, QWidget *parent)
    : QDialog(parent), m_d(std::make_unique<Private>(*this, connection))
{
    m_d->build();
    m_d->setStep(Private::Step::Choosing);
    if (file.isEmpty()) {
        m_d->fileLabel->setWhole(tr("No file is chosen."));
        m_d->verdict->setText(
            tr("Choose an identity document (JSON). You see what it would do before anything is done."));
        QTimer::singleShot(0, this, [this] { m_d->choose(); });
    } else {
        m_d->read(file);
    }
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::reject()
{
    if (m_d->step == Private::Step::Previewing)
        m_d->progress->cancelled = true;
    if (m_d->step == Private::Step::Importing) {
        m_d->progress->cancelled = true; // Closed when the core says what became of it.
        m_d->verdict->setText(tr("Stopping …"));
        m_d->cancelButton->setEnabled(false);
        return;
    }
    QDialog::reject();
}

} // namespace kith::views
