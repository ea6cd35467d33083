// SPDX-License-Identifier: GPL-3.0-or-later
// What a process makes of the variables that torchrun, srun and mpirun set.
#include <QtTest>
#include <map>

#include "nn/gpuidentity.h"
#include "nn/processplace.h"

using namespace Qt::StringLiterals;
using namespace papilio;

using Variables = std::map<std::string, std::string>;
Q_DECLARE_METATYPE(Variables)

namespace
{

Result<std::optional<nn::ProcessPlace>> placeOf(const Variables& variables)
{
    return nn::findPlace([&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

Variables with(Variables variables, const Variables& more)
{
    for (const auto& [name, value] : more)
        variables[name] = value;
    return variables;
}

const Variables torchrun = {{"RANK", "3"},           {"WORLD_SIZE", "4"},         {"LOCAL_RANK", "1"},
                            {"LOCAL_WORLD_SIZE", "2"}, {"MASTER_ADDR", "node1"}, {"MASTER_PORT", "29400"}};
const Variables openMpi = {{"OMPI_COMM_WORLD_RANK", "1"},
                           {"OMPI_COMM_WORLD_SIZE", "3"},
                           {"OMPI_COMM_WORLD_LOCAL_RANK", "1"},
                           {"OMPI_COMM_WORLD_LOCAL_SIZE", "3"}};
const Variables slurm = {{"SLURM_JOB_ID", "77"},     {"SLURM_STEP_ID", "0"}, {"SLURM_PROCID", "5"},
                         {"SLURM_NTASKS", "8"},      {"SLURM_LOCALID", "1"}, {"SLURM_NNODES", "4"},
                         {"SLURM_STEP_NODELIST", "gpu[03-05,9]"}};

} // namespace

class ProcessPlaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void places_data()
    {
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QString>("place"); // rank of size, local rank, address:port
        QTest::newRow("alone") << Variables{} << QString();
        QTest::newRow("torchrun, one") << Variables{{"RANK", "0"}, {"WORLD_SIZE", "1"}} << QString();
        QTest::newRow("torchrun") << torchrun << u"3 of 4, 1, node1:29400"_s;
        QTest::newRow("torchrun listens itself")
            << with(torchrun, {{"TORCHELASTIC_USE_AGENT_STORE", "True"}}) << u"3 of 4, 1, node1:29401"_s;
        QTest::newRow("torchrun within mpirun")
            << with(torchrun, with(openMpi, {{"TORCHELASTIC_RUN_ID", "x"}, {"OMPI_COMM_WORLD_SIZE", "4"}}))
            << u"3 of 4, 1, node1:29400"_s;
        QTest::newRow("mpirun, one host") << openMpi << u"1 of 3, 1, 127.0.0.1:29500"_s;
        QTest::newRow("mpirun, several hosts")
            << with(openMpi, {{"OMPI_COMM_WORLD_LOCAL_SIZE", "2"}, {"MASTER_ADDR", "a.example"}, {"MASTER_PORT", "1"}})
            << u"1 of 3, 1, a.example:1"_s;
        QTest::newRow("other mpirun") << Variables{{"PMI_RANK", "0"},        {"PMI_SIZE", "2"},
                                                   {"MPI_LOCALRANKID", "0"}, {"MPI_LOCALNRANKS", "2"},
                                                   {"MASTER_PORT", "4000"}}
                                      << u"0 of 2, 0, 127.0.0.1:4000"_s;
        QTest::newRow("srun") << with(slurm, {{"MASTER_PORT", "6000"}}) << u"5 of 8, 1, gpu03:6000"_s;
        QTest::newRow("srun on one node")
            << with(slurm, {{"MASTER_PORT", "6000"}, {"SLURM_NNODES", "1"}}) << u"5 of 8, 1, 127.0.0.1:6000"_s;
        QTest::newRow("by hand on one host")
            << Variables{{"RANK", "1"}, {"WORLD_SIZE", "3"}, {"MASTER_ADDR", "localhost"}, {"MASTER_PORT", "5"}}
            << u"1 of 3, 1, localhost:5"_s;
        QTest::newRow("srun of fewer than asked for")
            << with(slurm, {{"MASTER_PORT", "6000"}, {"SLURM_NTASKS_PER_NODE", "64"}})
            << u"5 of 8, 1, gpu03:6000"_s;
        QTest::newRow("srun, each host asked for one")
            << with(slurm, {{"MASTER_PORT", "6000"}, {"SLURM_NTASKS_PER_NODE", "1"}})
            << u"5 of 8, 1, gpu03:6000"_s;
        QTest::newRow("a step smaller than its job")
            << with(slurm, {{"SLURM_STEP_NUM_TASKS", "1"}, {"SLURM_PROCID", "0"}, {"SLURM_LOCALID", "0"}})
            << QString();
        QTest::newRow("batch script without srun")
            << Variables{{"SLURM_JOB_ID", "77"}, {"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "8"}} << QString();
    }
    void places()
    {
        QFETCH(Variables, variables);
        QFETCH(QString, place);
        const auto found = placeOf(variables);
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        QCOMPARE(found->has_value(), !place.isEmpty());
        if (*found) {
            const nn::ProcessPlace& p = **found;
            QCOMPARE(u"%1 of %2, %3, %4:%5"_s.arg(p.rank).arg(p.size).arg(p.localRank).arg(
                         QString::fromStdString(p.address)).arg(p.port),
                     place);
        }
    }

    void whatIsNoGpuHasNoIdentity()
    {
        for (const char* device : {"cpu", "cuda", "cuda:", "cuda:x", "cuda:1x", "cuda:-1", "cuda: 1", "cuda:99999999999", "Cuda:1", ""}) {
            QVERIFY2(!nn::gpuNumber(device), device);
            QCOMPARE(nn::gpuIdentity(device), std::string());
        }
        QCOMPARE(nn::gpuNumber("cuda:0"), std::optional(0));
        QCOMPARE(nn::gpuNumber("cuda:12"), std::optional(12));
        QCOMPARE(nn::gpuIdentity("cuda:100000"), std::string()); // a number, but of none that there is
    }

    void jobsHavePortsOfTheirOwn()
    {
        const auto one = placeOf(slurm), two = placeOf(with(slurm, {{"SLURM_JOB_ID", "78"}})), again = placeOf(slurm);
        QVERIFY(one && two && again);
        QVERIFY((*one)->port != (*two)->port);
        QCOMPARE((*one)->port, (*again)->port);
        QVERIFY((*one)->port >= 15000 && (*one)->port < 30000);
    }

    void errorsNameTheVariable_data()
    {
        QTest::addColumn<Variables>("variables");
        QTest::addColumn<QString>("named");
        QTest::newRow("no rank") << Variables{{"WORLD_SIZE", "2"}} << u"RANK is missing"_s;
        QTest::newRow("no size") << Variables{{"RANK", "0"}} << u"WORLD_SIZE is missing"_s;
        QTest::newRow("no address") << Variables{{"RANK", "0"}, {"WORLD_SIZE", "2"}, {"MASTER_PORT", "1"}}
                                    << u"MASTER_ADDR is missing"_s;
        QTest::newRow("no port") << Variables{{"RANK", "0"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "h"}}
                                 << u"MASTER_PORT is missing"_s;
        QTest::newRow("not a number") << with(torchrun, {{"RANK", "one"}}) << u"RANK is 'one'"_s;
        QTest::newRow("half a number") << with(torchrun, {{"WORLD_SIZE", "4x"}}) << u"WORLD_SIZE is '4x'"_s;
        QTest::newRow("empty") << with(torchrun, {{"RANK", ""}}) << u"RANK is ''"_s;
        QTest::newRow("negative") << with(torchrun, {{"RANK", "-1"}}) << u"RANK is '-1'"_s;
        QTest::newRow("none at all") << with(torchrun, {{"WORLD_SIZE", "0"}}) << u"WORLD_SIZE is '0'"_s;
        QTest::newRow("port") << with(torchrun, {{"MASTER_PORT", "70000"}}) << u"MASTER_PORT is '70000'"_s;
        QTest::newRow("rank outside") << with(torchrun, {{"RANK", "4"}}) << u"RANK is 4, but WORLD_SIZE is 4"_s;
        QTest::newRow("local rank outside")
            << with(torchrun, {{"LOCAL_RANK", "2"}}) << u"LOCAL_RANK is 2, but LOCAL_WORLD_SIZE is 2"_s;
        QTest::newRow("host too large")
            << with(torchrun, {{"LOCAL_WORLD_SIZE", "5"}}) << u"LOCAL_WORLD_SIZE is 5, but WORLD_SIZE is 4"_s;
        QTest::newRow("two launchers") << with(torchrun, {{"OMPI_COMM_WORLD_RANK", "1"}, {"OMPI_COMM_WORLD_SIZE", "4"}})
                                       << u"RANK is 3, but OMPI_COMM_WORLD_RANK is 1"_s;
        QTest::newRow("left over in a step") << with(torchrun, with(slurm, {{"SLURM_NTASKS", "4"}, {"SLURM_PROCID", "0"}}))
                                             << u"RANK is 3, but SLURM_PROCID is 0"_s;
        QTest::newRow("mpirun, several hosts")
            << with(openMpi, {{"OMPI_COMM_WORLD_LOCAL_SIZE", "2"}}) << u"MASTER_ADDR is missing"_s;
        QTest::newRow("srun without a size")
            << Variables{{"SLURM_PROCID", "0"}, {"SLURM_STEP_ID", "0"}} << u"SLURM_NTASKS is missing"_s;
    }
    void errorsNameTheVariable()
    {
        QFETCH(Variables, variables);
        QFETCH(QString, named);
        const auto found = placeOf(variables);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Usage);
        QVERIFY2(QString::fromStdString(found.error().message).contains(named), found.error().message.c_str());
    }

    void firstHostOfAList_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("host");
        QTest::newRow("one") << u"node7"_s << u"node7"_s;
        QTest::newRow("several") << u"a,b"_s << u"a"_s;
        QTest::newRow("range") << u"node[03-05,9],big1"_s << u"node03"_s;
        QTest::newRow("list") << u"n[7,9]"_s << u"n7"_s;
        QTest::newRow("single in brackets") << u"n[7]"_s << u"n7"_s;
        QTest::newRow("with an ending") << u"n[1-2]-ib,m1"_s << u"n1-ib"_s;
        QTest::newRow("cut off") << u"n[1-"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
    }
    void firstHostOfAList()
    {
        QFETCH(QString, list);
        QFETCH(QString, host);
        QCOMPARE(QString::fromStdString(nn::firstHost(list.toStdString())), host);
    }
};

QTEST_GUILESS_MAIN(ProcessPlaceTest)
#include "tst_nn_processplace.moc"
