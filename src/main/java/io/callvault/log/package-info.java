// SPDX-License-Identifier: Apache-2.0
/** How the log is written: as lines for people or as JSON, with telephone numbers or without. The only room that knows Logback. */
package io.callvault.log;
