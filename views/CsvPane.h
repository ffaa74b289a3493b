// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CardView.h"
#include "connection/Connection.h"
#include "identity/CsvDocument.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QTableWidget;

namespace kith::views {

/// How a table in a text file is to be read: what its rows are, what parts them, and what each column says. Begins with
/// what it guesses; shows the first rows. Reads in another thread.
class CsvPane : public QWidget
{
    Q_OBJECT
public:
    /// The connection must outlive it.
    explicit CsvPane(connection::Connection &connection, QWidget *parent = nullptr);

    void setBytes(std::string bytes); ///< Of the file; made() or unclear() follows.

Q_SIGNALS:
    void reading(); ///< Something else was chosen: what was made before isn't meant any more.
    void made(std::shared_ptr<const kith::identity::CsvDocument> document);
    void unclear(const QString &text); ///< What has to be chosen first; a sentence.

private:
    using Content = identity::CsvDocument::Content;
    using Column = identity::CsvDocument::Column;
    struct Look;

    void build();
    void look();
    void showLook(Look look);
    void guessColumns();
    void showColumns();
    void addChoices(QComboBox &box, std::size_t column) const;
    void choicesChanged();
    void make();
    Content content() const;
    QString titleOf(std::size_t column) const;

    connection::Connection &m_connection;
    std::shared_ptr<const std::string> m_bytes;
    std::vector<std::string> m_mounts;
    std::vector<identity::CsvRow> m_first; ///< With the header.
    std::vector<Column> m_columns;
    int m_generation = 0;
    bool m_guess = true; ///< Encoding and delimiter.
    QComboBox *m_content = nullptr;
    QComboBox *m_delimiter = nullptr;
    QComboBox *m_encoding = nullptr;
    QCheckBox *m_header = nullptr;
    QTableWidget *m_table = nullptr;
    QTimer m_making;
};

/// What is wrong with rows, each with its line and column.
std::vector<Card> csvProblemCards(const identity::CsvDocument &document);

} // namespace kith::views
