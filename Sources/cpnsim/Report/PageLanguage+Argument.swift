// SPDX-License-Identifier: GPL-3.0-or-later

public import CommandLine
public import Pages

extension PageLanguage: ArgumentValue {}
