// SPDX-License-Identifier: Apache-2.0
#include "CsvPane.h"

#include "Look.h"
#include "connection/Async.h"
#include "connection/Conversions.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>
#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <chrono>

namespace kith::views {

using connection::toQt;
using identity::CsvDocument;
using identity::TextEncoding;
using Meaning = CsvDocument::Meaning;

namespace {

constexpr std::size_t SampleRows = 5;
constexpr std::size_t MostColumns = 60;

} // namespace

/// The front of the file.
struct CsvPane::Look {
    TextEncoding encoding = TextEncoding::Utf8;
    char delimiter = ',';
    std::vector<identity::CsvRow> rows;
};

CsvPane::CsvPane(connection::Connection &connection, QWidget *parent) : QWidget(parent), m_connection(connection)
{
    setObjectName(QStringLiteral("csvPane"));
    build();
    m_making.setSingleShot(true);
    m_making.setInterval(std::chrono::milliseconds(150));
    connect(&m_making, &QTimer::timeout, this, &CsvPane::make);
}

void CsvPane::build()
{
    const auto box = [this](const char *name, const QString &accessible) {
        auto *made = new QComboBox(this);
        made->setObjectName(QString::fromLatin1(name));
        made->setAccessibleName(accessible);
        return made;
    };
    m_content = box("csvContent", tr("What the rows are"));
    m_content->addItem(tr("People"), static_cast<int>(Content::People));
    m_content->addItem(tr("Memberships"), static_cast<int>(Content::Memberships));
    m_delimiter = box("csvDelimiter", tr("What parts the columns"));
    for (const auto &[delimiter, text] : {std::pair(',', tr("Comma")), std::pair(';', tr("Semicolon")),
                                          std::pair('\t', tr("Tab")), std::pair('|', tr("Bar"))})
        m_delimiter->addItem(text, delimiter);
    m_encoding = box("csvEncoding", tr("Encoding"));
    for (const auto &[encoding, text] : {std::pair(TextEncoding::Utf8, QStringLiteral("UTF-8")),
                                         std::pair(TextEncoding::Utf16Le, QStringLiteral("UTF-16 LE")),
                                         std::pair(TextEncoding::Utf16Be, QStringLiteral("UTF-16 BE")),
                                         std::pair(TextEncoding::Windows1252, QStringLiteral("Windows-1252"))})
        m_encoding->addItem(text, static_cast<int>(encoding));
    m_header = new QCheckBox(tr("The first row has &titles"), this);
    m_header->setObjectName(QStringLiteral("csvHeader"));
    m_header->setChecked(true);
    m_table = new QTableWidget(this);
    m_table->setObjectName(QStringLiteral("csvTable"));
    m_table->setAccessibleName(tr("The first rows, and what each column says"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->verticalHeader()->hide();
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto *choices = new QHBoxLayout;
    choices->setSpacing(8);
    for (QComboBox *one : {m_content, m_delimiter, m_encoding})
        choices->addWidget(one);
    choices->addWidget(m_header);
    choices->addStretch(1);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addLayout(choices);
    rows->addWidget(m_table);
    connect(m_content, &QComboBox::activated, this, [this] {
        guessColumns();
        showColumns();
        choicesChanged();
    });
    for (QComboBox *one : {m_delimiter, m_encoding})
        connect(one, &QComboBox::activated, this, [this] {
            m_guess = false;
            look();
        });
    connect(m_header, &QCheckBox::clicked, this, [this] {
        guessColumns();
        showColumns();
        choicesChanged();
    });
}

void CsvPane::setBytes(std::string bytes)
{
    m_bytes = std::make_shared<const std::string>(std::move(bytes));
    m_guess = true;
    connection::whenReady(m_connection.directory().mounts(), this, [this](const auto &mounts) {
        m_mounts.clear();
        for (const connection::MountRow &mount : mounts ? *mounts : std::vector<connection::MountRow>())
            m_mounts.push_back(mount.path.toStdString());
        look();
    });
}

void CsvPane::look()
{
    Q_EMIT reading();
    m_making.stop();
    const int asked = ++m_generation;
    const auto encoding =
        m_guess ? std::nullopt : std::optional(static_cast<TextEncoding>(m_encoding->currentData().toInt()));
    const auto delimiter =
        m_guess ? std::nullopt : std::optional(static_cast<char>(m_delimiter->currentData().toInt()));
    auto looked = QtConcurrent::run([bytes = m_bytes, encoding, delimiter]() -> Result<Look> {
        Look look;
        look.encoding = encoding ? *encoding : identity::guessEncoding(*bytes);
        constexpr std::size_t Front = 1 << 16; // enough for the first rows
        const std::string text = identity::toUtf8(std::string_view(*bytes).substr(0, Front), look.encoding);
        look.delimiter = delimiter ? *delimiter : identity::guessDelimiter(text);
        look.rows = identity::readCsv(text, look.delimiter, SampleRows + 1).rows;
        return look;
    });
    connection::whenReady(looked, this, [this, asked](Result<Look> look) {
        if (look && asked == m_generation)
            showLook(std::move(*look));
    });
}

void CsvPane::showLook(Look look)
{
    m_encoding->setCurrentIndex(m_encoding->findData(static_cast<int>(look.encoding)));
    m_delimiter->setCurrentIndex(m_delimiter->findData(look.delimiter));
    m_first = std::move(look.rows);
    if (m_guess && !m_first.empty()) { // a person and a group, and nothing else
        const std::vector<std::string> &titles = m_first.front().cells;
        const bool pairs = titles.size() == 2 &&
                           identity::guessColumn(titles[0], Content::Memberships, {}).meaning != Meaning::Nothing &&
                           identity::guessColumn(titles[1], Content::Memberships, {}).meaning != Meaning::Nothing;
        m_content->setCurrentIndex(pairs ? 1 : 0);
    }
    m_guess = false;
    guessColumns();
    showColumns();
    choicesChanged();
}

CsvPane::Content CsvPane::content() const
{
    return static_cast<Content>(m_content->currentData().toInt());
}

QString CsvPane::titleOf(std::size_t column) const
{
    const bool titled = m_header->isChecked() && !m_first.empty() && column < m_first.front().cells.size();
    const QString title = titled ? toQt(m_first.front().cells[column]).trimmed() : QString();
    return title.isEmpty() ? tr("Column %L1").arg(column + 1) : visibleName(title, 60);
}

void CsvPane::guessColumns()
{
    std::size_t width = 0;
    for (const identity::CsvRow &row : m_first)
        width = std::max(width, row.cells.size());
    m_columns.assign(std::min(width, MostColumns), Column());
    if (!m_header->isChecked()) {
        if (!m_columns.empty())
            m_columns.front().meaning = Meaning::Name;
        if (m_columns.size() > 1 && content() == Content::Memberships)
            m_columns[1].meaning = Meaning::Group;
        return;
    }
    for (std::size_t i = 0; i < m_columns.size() && i < m_first.front().cells.size(); ++i) {
        m_columns[i] = identity::guessColumn(m_first.front().cells[i], content(), m_mounts);
        const bool once = m_columns[i].meaning == Meaning::Name || m_columns[i].meaning == Meaning::Group;
        if (once && std::find(m_columns.begin(), m_columns.begin() + static_cast<std::ptrdiff_t>(i), m_columns[i]) !=
                        m_columns.begin() + static_cast<std::ptrdiff_t>(i))
            m_columns[i] = {};
    }
}

void CsvPane::addChoices(QComboBox &box, std::size_t column) const
{
    std::vector<std::pair<QString, Column>> choices{{tr("Leave out"), {}}, {tr("Name of the person"), {Meaning::Name}}};
    if (content() == Content::Memberships) {
        choices.push_back({tr("Name of the group"), {Meaning::Group}});
    } else {
        choices.push_back({tr("Disabled"), {Meaning::Disabled}});
        choices.push_back({tr("Policies"), {Meaning::Policies}});
        choices.push_back({tr("Groups"), {Meaning::Groups}});
        for (const std::string &mount : m_mounts)
            choices.push_back({tr("Login name at %1", "mount").arg(toQt(mount)), {Meaning::Alias, mount}});
        Column key = m_columns[column];
        if (key.meaning != Meaning::Metadata)
            key = {Meaning::Metadata, identity::metadataKey(titleOf(column).toStdString())};
        choices.push_back({tr("Metadata: %1").arg(toQt(key.detail)), key});
    }
    for (const auto &[text, choice] : choices) {
        box.addItem(text, static_cast<int>(choice.meaning));
        box.setItemData(box.count() - 1, toQt(choice.detail), Qt::UserRole + 1);
        if (choice == m_columns[column])
            box.setCurrentIndex(box.count() - 1);
    }
}

void CsvPane::showColumns()
{
    const std::size_t first = m_header->isChecked() ? 1 : 0;
    const std::size_t shown = m_first.size() > first ? std::min(m_first.size() - first, SampleRows) : 0;
    m_table->clear();
    m_table->setColumnCount(static_cast<int>(m_columns.size()));
    m_table->setRowCount(static_cast<int>(shown) + 1);
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        const int at = static_cast<int>(column);
        m_table->setHorizontalHeaderItem(at, new QTableWidgetItem(titleOf(column)));
        auto *box = new QComboBox(m_table);
        box->setObjectName(QStringLiteral("csvColumn%1").arg(at));
        box->setAccessibleName(tr("What the column %1 says").arg(titleOf(column)));
        addChoices(*box, column);
        auto *below = new QTableWidgetItem; // what a screen reader finds in the row
        below->setData(Qt::AccessibleTextRole, box->accessibleName());
        m_table->setItem(0, at, below);
        m_table->setCellWidget(0, at, box);
        connect(box, &QComboBox::currentIndexChanged, this, [this, box, column] {
            m_columns[column] = {static_cast<Meaning>(box->currentData().toInt()),
                                 box->currentData(Qt::UserRole + 1).toString().toStdString()};
            choicesChanged();
        });
        for (std::size_t row = 0; row < shown; ++row) {
            const std::vector<std::string> &cells = m_first[first + row].cells;
            m_table->setItem(
                static_cast<int>(row) + 1, at,
                new QTableWidgetItem(column < cells.size() ? visibleName(toQt(cells[column]), 100) : QString()));
        }
        m_table->setColumnWidth(at, std::max(box->sizeHint().width() + 8, fontMetrics().averageCharWidth() * 16));
        m_table->setRowHeight(0, box->sizeHint().height() + 4);
    }
    int height = m_table->horizontalHeader()->sizeHint().height() + 2 * m_table->frameWidth() +
                 m_table->horizontalScrollBar()->sizeHint().height();
    for (int row = 0; row < m_table->rowCount(); ++row)
        height += m_table->rowHeight(row);
    m_table->setFixedHeight(height);
}

void CsvPane::choicesChanged()
{
    ++m_generation;
    Q_EMIT reading();
    const auto has = [this](Meaning meaning) {
        return std::count_if(m_columns.begin(), m_columns.end(),
                             [meaning](const Column &column) { return column.meaning == meaning; });
    };
    m_making.stop();
    if (m_columns.empty())
        return Q_EMIT unclear(tr("The file is empty."));
    if (has(Meaning::Name) != 1)
        return Q_EMIT unclear(tr("Choose the one column that has the names of the people."));
    if (content() == Content::Memberships && has(Meaning::Group) != 1)
        return Q_EMIT unclear(tr("Choose the one column that has the names of the groups."));
    m_making.start();
}

void CsvPane::make()
{
    const int asked = m_generation;
    const auto encoding = static_cast<TextEncoding>(m_encoding->currentData().toInt());
    const auto delimiter = static_cast<char>(m_delimiter->currentData().toInt());
    using Made = Result<std::shared_ptr<const CsvDocument>>;
    auto future = QtConcurrent::run([bytes = m_bytes, encoding, delimiter, header = m_header->isChecked(),
                                     content = content(), columns = m_columns]() -> Made {
        identity::CsvTable table = identity::readCsv(identity::toUtf8(*bytes, encoding), delimiter);
        if (header && !table.rows.empty())
            table.rows.erase(table.rows.begin());
        CsvDocument document = CsvDocument::from(table.rows, content, columns);
        if (table.unclosedLine > 0)
            document.problems.insert(document.problems.begin(),
                                     {table.unclosedLine, 0, CsvDocument::Problem::What::UnclosedQuote, {}});
        return std::make_shared<const CsvDocument>(std::move(document));
    });
    connection::whenReady(future, this, [this, asked](Made document) {
        if (document && asked == m_generation)
            Q_EMIT made(std::move(*document));
    });
}

static QString problemText(const CsvDocument::Problem &problem)
{
    using What = CsvDocument::Problem::What;
    const QString text = shownName(toQt(problem.text), 80);
    switch (problem.what) {
    case What::NoName:
        return CsvPane::tr("The name of the person is missing.");
    case What::NoGroup:
        return CsvPane::tr("The name of the group is missing.");
    case What::Repeated:
        return CsvPane::tr("%1 stands in the table twice.").arg(text);
    case What::NotYesOrNo:
        return CsvPane::tr("“%1” is neither yes nor no.").arg(text);
    case What::TooManyCells:
        return CsvPane::tr("The row has more columns than the first ones: “%1”.").arg(text);
    case What::UnclosedQuote:
        return CsvPane::tr("A quotation mark that begins here never ends.");
    }
    return {};
}

std::vector<Card> csvProblemCards(const CsvDocument &document)
{
    using Voice = Span::Voice;
    std::vector<Card> cards;
    for (const CsvDocument::Problem &problem : document.problems) {
        const QString place = problem.column == 0
                                  ? CsvPane::tr("line %L1").arg(problem.line)
                                  : CsvPane::tr("line %L1, column %L2").arg(problem.line).arg(problem.column);
        cards.push_back({Card::Kind::Framed,
                         {{{Voice::Chip, CsvPane::tr("error"), {}, Tone::Bad},
                           {Voice::Text, QStringLiteral("  ")},
                           {Voice::Fixed, place}},
                          {{Voice::Text, problemText(problem)}}}});
    }
    if (document.leftOut > 0)
        cards.push_back({Card::Kind::Row,
                         {{{Voice::Quiet, CsvPane::tr("and %Ln more", nullptr, static_cast<int>(document.leftOut))}}}});
    return cards;
}

} // namespace kith::views
