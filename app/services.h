// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace papilio::app
{

class DepictionService;
class EngineClient;
class Hosts;
class ModelLibrary;
class Settings;
class TrainSession;
class Workspace;

/// What every page works with; owned by the main window.
struct Services {
    Settings* settings = nullptr;
    Workspace* workspace = nullptr;
    EngineClient* engine = nullptr;      ///< interactive requests
    TrainSession* training = nullptr;    ///< its engine is another one
    DepictionService* depictions = nullptr;
    ModelLibrary* models = nullptr;
    Hosts* hosts = nullptr;              ///< that runs can be sent to
};

} // namespace papilio::app
