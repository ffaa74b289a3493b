// SPDX-License-Identifier: Apache-2.0
#include "views/TableExport.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace kith;
using views::ShownTable;
using views::TableExport;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

static QByteArray contents(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("not there");
}

class TestTableExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_window = std::make_unique<QWidget>(); }

    void writesLinesThatProgramsRead()
    {
        QCOMPARE(TableExport::csvLine({text("a"), text("b c"), QString()}), QByteArray("a,b c,\r\n"));
        QCOMPARE(TableExport::csvLine({text("a,b"), text("say \"hi\""), text("two\nlines")}),
                 QByteArray("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n"));
        // No spreadsheet takes a name for a formula.
        QCOMPARE(TableExport::csvLine({text("=1+1"), text("+x"), text("@y")}), QByteArray("'=1+1,'+x,'@y\r\n"));
        // Nor what one that parts at something else sees as a cell.
        QCOMPARE(TableExport::csvLine({text("a;b"), text("c;=1"), text("d|-2")}),
                 QByteArray("\"a;b\",\"c;'=1\",\"d|'-2\"\r\n"));
        QCOMPARE(TableExport::textOf(1234567), text("1234567"));
        QCOMPARE(TableExport::textOf(QDateTime(QDate(2026, 2, 3), QTime(4, 5, 6), Qt::UTC)),
                 text("2026-02-03T04:05:06Z"));
    }
    void writesEveryRowInItsOrder()
    {
        const QString file = m_folder.filePath(text("rows.csv"));
        auto *exporter = new TableExport(table(1234), m_window.get());
        QSignalSpy done(exporter, &TableExport::done);
        exporter->write(file, TableExport::Form::Csv);
        QVERIFY(done.wait());
        QCOMPARE(done.front().at(1).toInt(), 1234);
        const QList<QByteArray> lines = contents(file).split('\n');
        QCOMPARE(lines.size(), 1236); // the titles, and nothing after the last line's end
        QCOMPARE(lines[0], QByteArray("\xEF\xBB\xBF"
                                      "Name,Number\r"));
        QCOMPARE(lines[1], QByteArray("row 0,0\r"));
        QCOMPARE(lines[1234], QByteArray("row 1233,1233\r"));
    }
    void writesJson()
    {
        const QString file = m_folder.filePath(text("rows.json"));
        auto *exporter = new TableExport(table(3), m_window.get());
        QSignalSpy done(exporter, &TableExport::done);
        exporter->write(file, TableExport::Form::Json);
        QVERIFY(done.wait());
        const QJsonArray rows = QJsonDocument::fromJson(contents(file)).array();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[2].toObject().value(text("Name")).toString(), text("row 2"));
        QCOMPARE(rows[2].toObject().value(text("Number")).toInt(), 2);
    }
    void leavesNothingWhenItIsCancelledOrFails()
    {
        const QString file = m_folder.filePath(text("cancelled.csv"));
        ShownTable stopped = table(100'000);
        TableExport *exporter = nullptr;
        std::shared_ptr<core::Progress> progress;
        stopped.read = [&exporter, read = stopped.read](int first, int end) {
            if (first > 1000)
                exporter->cancel();
            return read(first, end);
        };
        exporter = new TableExport(std::move(stopped), m_window.get());
        QSignalSpy failed(exporter, &TableExport::failed);
        connect(exporter, &TableExport::begun, this, [&progress](const auto &its) { progress = its; });
        QVERIFY(!exporter->isWriting());
        exporter->write(file, TableExport::Form::Csv);
        QVERIFY(exporter->isWriting());
        QVERIFY(failed.wait());
        QVERIFY(failed.front().front().toString().isEmpty());
        QCOMPARE(progress->total.load(), 100'000);
        QVERIFY(progress->done > 0 && progress->done < 100'000);
        QVERIFY(!QFile::exists(file));

        ShownTable broken = table(10);
        broken.read = [](int, int) {
            return QtFuture::makeReadyFuture(ShownTable::Lines(Error{ErrorCode::Io, 0, "the disk is gone", {}}));
        };
        exporter = new TableExport(std::move(broken), m_window.get());
        QSignalSpy why(exporter, &TableExport::failed);
        exporter->write(file, TableExport::Form::Csv);
        QVERIFY(why.wait());
        QVERIFY(!why.front().front().toString().isEmpty());
        QVERIFY(!QFile::exists(file));

        exporter = new TableExport(table(1), m_window.get());
        QSignalSpy nowhere(exporter, &TableExport::failed);
        exporter->write(m_folder.filePath(text("no/such/folder.csv")), TableExport::Form::Csv);
        QTRY_COMPARE(nowhere.size(), 1);
    }

private:
    static ShownTable table(int rows)
    {
        ShownTable table;
        table.name = text("rows");
        table.columns = QStringList{text("Name"), text("Number")};
        table.rows = rows;
        table.read = [](int first, int end) {
            std::vector<ShownTable::Line> lines;
            for (int row = first; row < end; ++row)
                lines.push_back({text("row %1").arg(row), row});
            return QtFuture::makeReadyFuture(ShownTable::Lines(std::move(lines)));
        };
        return table;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QWidget> m_window;
};

QTEST_MAIN(TestTableExport)
#include "tst_TableExport.moc"
