// SPDX-License-Identifier: GPL-3.0-or-later
// A scripted engine for the tests of EngineClient. PAPILIO_FAKE says how it misbehaves; a request's method what it does.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>
#include <string>

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "fakemodels.h"

using nlohmann::json;

namespace
{

void say(const json& message)
{
    std::cout << message.dump() << '\n' << std::flush;
}

void answer(const json& id, const json& result)
{
    say({{"jsonrpc", "2.0"}, {"id", id}, {"result", result}});
}

void refuse(const json& id, const std::string& code, const std::string& message)
{
    say({{"jsonrpc", "2.0"},
         {"id", id},
         {"error", {{"code", -32000}, {"message", message}, {"data", {{"code", code}, {"message", message}, {"hint", "hint"}}}}}});
}

void crash()
{
    std::signal(SIGABRT, SIG_DFL);
    raise(SIGKILL);
}

/// True once for each crash that a flag file allows.
bool crashesLeft(const std::string& file)
{
    return !file.empty() && std::remove(file.c_str()) == 0;
}

} // namespace

int main()
{
    const char* setting = std::getenv("PAPILIO_FAKE");
    const std::string mode = setting ? setting : "";
    if (mode == "silent") {
        pause();
    }
    if (mode == "stubborn") {
        std::signal(SIGTERM, SIG_IGN);
    }
    if (mode == "die-at-start") {
        std::cerr << "cannot find my libraries\n";
        return 7;
    }
    say({{"jsonrpc", "2.0"}, {"method", "hello"}, {"params", {{"protocol", mode == "newer" ? 99 : 1}, {"pid", getpid()}}}});
    std::string line;
    json held;
    while (std::getline(std::cin, line)) {
        const json request = json::parse(line);
        const std::string method = request["method"];
        const json& params = request["params"];
        const json& id = request["id"];
        if (method == "echo") {
            answer(id, params);
        } else if (method == "garbage") {
            std::cout << "Warning: a library printed this\n{\"half\": \n\xff\xfe\n[]\n" << std::flush;
            answer(id, {{"ok", true}});
        } else if (method == "slow-line") { // a line that arrives in pieces
            std::cout << R"({"jsonrpc":"2.0","id":)" << std::flush;
            usleep(50'000);
            std::cout << id.dump() << R"(,"result":{"text":"ä"}})" << std::flush;
            usleep(50'000);
            std::cout << '\n' << std::flush;
        } else if (method == "progress") {
            say({{"jsonrpc", "2.0"}, {"method", "progress"},
                 {"params", {{"id", id}, {"stage", "reading"}, {"done", 5}, {"total", 10}, {"unit", "rows"}, {"rate", 2.5}, {"secondsLeft", 2}}}});
            answer(id, json::object());
        } else if (method == "fail") {
            refuse(id, "bad-input", "row 3 is no molecule");
        } else if (method == "crash-once") {
            if (crashesLeft(params["flag"])) {
                crash();
            }
            answer(id, {{"survived", true}});
        } else if (method == "crash") {
            crash();
        } else if (method == "hold") {
            held = id;
        } else if (method == "cancel") {
            answer(id, json::object());
            if (mode != "stubborn" && mode != "deaf") {
                refuse(held, "stopped", "stopped");
            }
        } else if (method == "pid") {
            const auto variable = [](const char* name) { return std::string(std::getenv(name) ? std::getenv(name) : ""); };
            answer(id, {{"pid", getpid()},
                        {"wait", variable("OMP_WAIT_POLICY")},
                        {"blas", variable("OPENBLAS_NUM_THREADS")}});
        } else if (const auto made = answerOfModels(method, params)) {
            if (made->contains("error")) {
                refuse(id, (*made)["error"]["code"], (*made)["error"]["message"]);
            } else {
                answer(id, *made);
            }
        }
    }
    return 0;
}
