# SPDX-License-Identifier: GPL-3.0-or-later
# LibTorch. A build for the CPU is found by its own package file. That of a CUDA build asks for CUDA's compiler and the
# whole toolkit, which nothing here compiles with: where CMAKE_PREFIX_PATH, Torch_ROOT or Torch_DIR lead to one (a
# PyTorch that pip installed, or LibTorch's archive), its libraries are linked as they are.
# Gives TORCH_LIBRARIES; PAPILIO_TORCH_GPU if it can use GPUs; PAPILIO_NCCL if several GPUs can train together, which needs CUDA's headers:
# NVIDIA's pip packages beside PyTorch have them, a toolkit has too (CUDA_HOME).

set(PAPILIO_NCCL OFF)

# Where LibTorch may be: its own folder, or the folder of its package files that torch.utils.cmake_prefix_path names.
string(REPLACE ":" ";" _torch_environment "$ENV{CMAKE_PREFIX_PATH}")
set(_torch_home "")
foreach(_torch_place IN LISTS Torch_ROOT Torch_DIR CMAKE_PREFIX_PATH _torch_environment)
  foreach(_torch_up "." "../.." "../../..")
    if(NOT _torch_home AND EXISTS "${_torch_place}/${_torch_up}/lib/libtorch_cuda.so"
       AND EXISTS "${_torch_place}/${_torch_up}/include/torch/csrc/api/include/torch/version.h")
      get_filename_component(_torch_home "${_torch_place}/${_torch_up}" ABSOLUTE)
    endif()
  endforeach()
endforeach()

if(NOT _torch_home)
  find_package(Torch CONFIG REQUIRED)
  set(PAPILIO_TORCH_GPU OFF)
  if(TARGET torch_cuda OR TARGET torch_hip OR TARGET c10_cuda)
    set(PAPILIO_TORCH_GPU ON)
  endif()
  return()
endif()

file(STRINGS "${_torch_home}/share/cmake/Torch/TorchConfig.cmake" _torch_old_abi REGEX "_GLIBCXX_USE_CXX11_ABI=0")
if(_torch_old_abi)
  message(FATAL_ERROR "The LibTorch in ${_torch_home} was built with the old C++ ABI, in which none of the other "
    "libraries is. Take PyTorch 2.7 or newer, or LibTorch's archive \"cxx11 ABI\".")
endif()

file(STRINGS "${_torch_home}/lib/libc10_cuda.so" _torch_cudart REGEX "libcudart\\.so\\.[0-9]+" LIMIT_COUNT 1)
string(REGEX MATCH "libcudart\\.so\\.[0-9]+" _torch_cudart "${_torch_cudart}")
string(REGEX MATCH "[0-9]+$" _torch_cuda "${_torch_cudart}")
file(STRINGS "${_torch_home}/share/cmake/Torch/TorchConfigVersion.cmake" _torch_version REGEX "PACKAGE_VERSION \"")
string(REGEX REPLACE ".*\"(.*)\".*" "\\1" _torch_version "${_torch_version}")

add_library(torch INTERFACE IMPORTED GLOBAL)
target_include_directories(torch SYSTEM INTERFACE
  "${_torch_home}/include" "${_torch_home}/include/torch/csrc/api/include")
target_compile_definitions(torch INTERFACE USE_DISTRIBUTED USE_C10D_GLOO)
# Nothing names a symbol of libtorch_cuda, and the linker would leave it out.
target_link_libraries(torch INTERFACE
  "-Wl,--push-state,--no-as-needed,\"${_torch_home}/lib/libtorch.so\",\"${_torch_home}/lib/libtorch_cuda.so\",--pop-state"
  "${_torch_home}/lib/libtorch_cpu.so" "${_torch_home}/lib/libc10.so")
set(TORCH_LIBRARIES torch)
set(PAPILIO_TORCH_GPU ON)
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)

# What NCCL's side of LibTorch includes, of the same release of CUDA.
get_filename_component(_torch_packages "${_torch_home}/../nvidia" ABSOLUTE)
set(_torch_places "")
if(IS_DIRECTORY "${_torch_packages}/cu${_torch_cuda}")
  list(APPEND _torch_places "${_torch_packages}/cu${_torch_cuda}" "${_torch_packages}/nccl")
else()
  file(GLOB _torch_places "${_torch_packages}/*")
endif()
list(APPEND _torch_places "$ENV{CUDA_HOME}" "$ENV{CUDA_PATH}" /usr/local/cuda-${_torch_cuda} /usr/local/cuda)
set(_torch_headers "")
set(_torch_missing "")
foreach(_torch_header cuda_runtime_api.h crt/host_config.h cublas_v2.h cusparse.h cusolverDn.h nccl.h)
  string(MAKE_C_IDENTIFIER "PAPILIO_${_torch_header}" _torch_found)
  find_path(${_torch_found} ${_torch_header} PATHS ${_torch_places} PATH_SUFFIXES include NO_DEFAULT_PATH)
  find_path(${_torch_found} ${_torch_header})
  mark_as_advanced(${_torch_found})
  if(${_torch_found})
    list(APPEND _torch_headers "${${_torch_found}}")
  else()
    list(APPEND _torch_missing ${_torch_header})
  endif()
endforeach()
find_library(PAPILIO_CUDART NAMES "${_torch_cudart}" libcudart.so PATHS ${_torch_places} PATH_SUFFIXES lib lib64
  NO_DEFAULT_PATH)
find_library(PAPILIO_CUDART NAMES "${_torch_cudart}" libcudart.so)
mark_as_advanced(PAPILIO_CUDART)
if(NOT PAPILIO_CUDART)
  list(APPEND _torch_missing "${_torch_cudart}")
endif()
if(NOT _torch_missing)
  set(PAPILIO_NCCL ON)
  list(REMOVE_DUPLICATES _torch_headers)
  target_include_directories(torch SYSTEM INTERFACE ${_torch_headers})
  target_compile_definitions(torch INTERFACE USE_C10D_NCCL)
  target_link_libraries(torch INTERFACE "${_torch_home}/lib/libc10_cuda.so" "${PAPILIO_CUDART}")
else()
  string(REPLACE ";" ", " _torch_missing "${_torch_missing}")
  message(STATUS "NCCL: not found are ${_torch_missing} of CUDA ${_torch_cuda}")
endif()
find_path(PAPILIO_GLOO gloo/algorithm.h HINTS "${_torch_home}/include")
mark_as_advanced(PAPILIO_GLOO)
if(NOT PAPILIO_GLOO)
  message(STATUS "Training with several processes: OFF (Gloo's headers are not there)")
endif()
message(STATUS "LibTorch: ${_torch_version} with CUDA ${_torch_cuda} in ${_torch_home}; NCCL: ${PAPILIO_NCCL}")
