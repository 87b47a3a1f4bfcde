// SPDX-License-Identifier: Apache-2.0
/** The command line: one class a command, exit codes, what a person sees. */
package io.callvault.cli;
