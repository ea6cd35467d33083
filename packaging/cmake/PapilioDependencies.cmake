# SPDX-License-Identifier: GPL-3.0-or-later
# All third-party libraries, found once. Version switches of a library stand in its block here and in one header of ours.

find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tl-expected REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)
find_package(yaml-cpp REQUIRED)
if(NOT TARGET yaml-cpp::yaml-cpp) # before 0.8
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()
# Optional; Debian 12 and 13 do not have it, Apache's own packages do.
find_package(Arrow QUIET)
find_package(Parquet QUIET)
set(PAPILIO_PARQUET OFF)
if(TARGET Arrow::arrow_shared AND TARGET Parquet::parquet_shared)
  set(PAPILIO_PARQUET ON)
endif()
message(STATUS "Parquet files: ${PAPILIO_PARQUET}")
# Optional: a quicker memory allocator for the engine.
find_library(PAPILIO_ALLOCATOR tcmalloc_minimal)
if(PAPILIO_ALLOCATOR)
  message(STATUS "Allocator: ${PAPILIO_ALLOCATOR}")
else()
  message(STATUS "Allocator: the system's")
endif()
find_package(zstd CONFIG QUIET)
find_package(SQLiteCpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Torch REQUIRED)

if(PAPILIO_CHEMISTRY)
  find_package(RDKit MODULE REQUIRED)
  find_package(InChI MODULE REQUIRED)
  # Reading and fetching tables comes with chemistry.
  find_package(CURL 7.85 REQUIRED)
  find_package(BZip2 REQUIRED)
  find_package(zstd CONFIG REQUIRED)
  find_package(Eigen3 REQUIRED)
endif()

if(PAPILIO_GUI OR PAPILIO_TESTS)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
endif()
if(PAPILIO_GUI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets Svg Concurrent OpenGL OpenGLWidgets PrintSupport)
  find_package(Qt6 6.4 QUIET COMPONENTS LinguistTools)
  find_package(QCustomPlotQt6 REQUIRED)
  find_package(VTK 9.1 REQUIRED COMPONENTS CommonCore CommonDataModel CommonColor FiltersSources FiltersGeneral
               InteractionStyle RenderingCore RenderingOpenGL2 RenderingFreeType)
endif()
