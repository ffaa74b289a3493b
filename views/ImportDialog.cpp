// SPDX-License-Identifier: Apache-2.0
#include "ImportDialog.h"

#include "CsvPane.h"
#include "ElidedLabel.h"
#include "Look.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStandardPaths>
#include <QTimer>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace kith::views {

namespace {

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
    Private(ImportDialog &dialog, connection::Connection &connection)
        : q(dialog)
        , csv(new CsvPane(connection, &dialog))
        , pane(new ImportPane(connection, ImportPane::Manner::Import, &dialog))
    {}

    void build();
    void join();
    void choose();
    void read(const QString &name);
    void take(std::string content);
    void takeTable(const std::shared_ptr<const identity::CsvDocument> &made);
    QString shownFile() const;
    QString shownDocument() const;

    ImportDialog &q;
    CsvPane *csv; ///< How a table is read.
    ImportPane *pane;
    ImportPane::Confirm confirm;
    ElidedLabel *fileLabel = nullptr;
    QPushButton *chooseButton = nullptr;
    QString file;
    int generation = 0;
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
    auto *top = new QHBoxLayout;
    top->addWidget(fileLabel, 1);
    top->addWidget(chooseButton);
    auto *rows = new QVBoxLayout(&q);
    rows->setSpacing(8);
    rows->addLayout(top);
    rows->addWidget(csv);
    rows->addWidget(pane, 1);
    csv->hide();
    join();
}

void ImportDialog::Private::join()
{
    QObject::connect(chooseButton, &QPushButton::clicked, &q, [this] { choose(); });
    QObject::connect(pane, &ImportPane::stepChanged, &q, [this] {
        chooseButton->setEnabled(pane->mayChoose());
        csv->setEnabled(!pane->isImporting() && !pane->goesOn());
    });
    QObject::connect(csv, &CsvPane::reading, &q, [this] { pane->sayBusy(ImportDialog::tr("Reading …")); });
    QObject::connect(csv, &CsvPane::unclear, &q, [this](const QString &text) { pane->sayProblem(text); });
    QObject::connect(csv, &CsvPane::made, &q, [this](const auto &made) { takeTable(made); });
    QObject::connect(pane, &ImportPane::closeWanted, &q, &QDialog::reject);
    QObject::connect(pane, &ImportPane::imported, &q, [this](const QString &summary, const QString &undo) {
        const QString name = shownDocument();
        Q_EMIT q.imported(name, ImportDialog::tr("Imported %1: %2").arg(name, summary), undo);
    });
    QObject::connect(pane, &ImportPane::ended, &q, [this](const QString &problem) {
        if (problem.isEmpty() && !pane->hasMoreToTell())
            q.accept();
    });
}

void ImportDialog::Private::choose()
{
    auto *dialog = new QFileDialog(&q, ImportDialog::tr("Choose an identity document or a table"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {ImportDialog::tr("Documents and tables (*.json *.csv *.tsv *.txt)"), ImportDialog::tr("All files (*)")});
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
    pane->sayBusy(ImportDialog::tr("Reading …"));
    pane->setConfirm(confirm, ImportDialog::tr("Import %1").arg(shownDocument()));
    auto *watcher = new QFutureWatcher<FileRead>(&q);
    QObject::connect(watcher, &QFutureWatcherBase::finished, &q, [this, watcher, asked] {
        watcher->deleteLater();
        if (asked != generation)
            return;
        FileRead result = watcher->future().takeResult();
        if (result.problem.isEmpty())
            return take(std::move(result.bytes));
        pane->sayProblem(ImportDialog::tr("The file can't be read: %1. Choose another one.").arg(result.problem));
        chooseButton->setFocus();
    });
    watcher->setFuture(QtConcurrent::run(readFile, name));
}

/// Of the file. A table says first how it is to be read.
void ImportDialog::Private::take(std::string content)
{
    pane->setPlaceName({});
    const QString end = QFileInfo(file).suffix().toLower();
    const bool isTable = end == QLatin1String("csv") || end == QLatin1String("tsv") || end == QLatin1String("txt");
    csv->setVisible(isTable);
    if (isTable)
        csv->setBytes(std::move(content));
    else
        pane->preview(std::move(content));
}

/// Its places are lines.
void ImportDialog::Private::takeTable(const std::shared_ptr<const identity::CsvDocument> &made)
{
    if (!made->problems.empty()) {
        const auto count = static_cast<int>(made->problems.size() + made->leftOut);
        return pane->sayProblems(
            ImportDialog::tr("This table can't be imported: it has %Ln error(s). Nothing was changed.", nullptr, count),
            csvProblemCards(*made));
    }
    pane->setPlaceName([made](const QString &place) {
        const std::size_t line = made->lineOf(place.toStdString());
        return line > 0 ? ImportDialog::tr("line %L1").arg(line) : QString();
    });
    pane->preview(made->document);
}

ImportDialog::ImportDialog(connection::Connection &connection, const QString &file, QWidget *parent)
    : QDialog(parent), m_d(std::make_unique<Private>(*this, connection))
{
    m_d->build();
    if (file.isEmpty()) {
        m_d->fileLabel->setWhole(tr("No file is chosen."));
        m_d->pane->sayAtFirst(
            tr("Choose an identity document (JSON) or a table (CSV) of people or memberships. You see what it would do "
               "before anything is done."));
        QTimer::singleShot(0, this, [this] { m_d->choose(); });
    } else {
        m_d->read(file);
    }
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::setConfirm(const ImportPane::Confirm &confirm)
{
    m_d->confirm = confirm;
    m_d->pane->setConfirm(confirm, tr("Import %1").arg(m_d->shownDocument()));
}

void ImportDialog::reject()
{
    if (m_d->pane->stop())
        QDialog::reject();
}

} // namespace kith::views
