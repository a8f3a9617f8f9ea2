"""The open bundle: written, checked as a stranger would, answered with receipts. The format is in docs/bundle.md."""

from kindertui.portal.bundle.check import CheckReport, check
from kindertui.portal.bundle.format import BundleProblem, BundleRefused
from kindertui.portal.bundle.receive import receive
from kindertui.portal.bundle.write import ExportReport, export

__all__ = ["BundleProblem", "BundleRefused", "CheckReport", "ExportReport", "check", "export", "receive"]
