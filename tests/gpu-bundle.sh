#!/bin/sh
# Packs the networks' tests with .NET and without libtorch, for a machine that has an NVIDIA driver and PyTorch: see docs/gpu.md.
set -eu
cd "$(dirname "$0")/.."
rm -rf artifacts/gpu-bundle
dotnet publish tests/Deep.Tests -c Release -r linux-x64 --self-contained -p:Torch=none -o artifacts/gpu-bundle
find artifacts/gpu-bundle \( -name '*.pdb' -o -name '*.dbg' -o -name '*.xml' \) -delete
tar czf artifacts/gpu-bundle.tar.gz -C artifacts gpu-bundle
ls -l artifacts/gpu-bundle.tar.gz
