// SPDX-License-Identifier: GPL-3.0-or-later

// The rows and columns that no block solves by itself, and with them all equations.

extension BlockBasis {
  mutating func makeBorder() {
    let shape = program.shape
    borderRows = []
    borderColumns = []
    for block in 0..<shape.blocks {
      for index in pivots[block]..<shape.rows {
        borderRows.append(BlockRow(block: block, row: row(block, index)))
      }
      for index in pivots[block]..<ownCount[block] {
        borderColumns.append(.own(block: block, place: place(block, index)))
      }
    }
    borderColumns += shared.map(BorderColumn.shared)
    factoriseBorder()
  }

  private mutating func factoriseBorder() {
    let size = borderColumns.count
    var matrix = Array(repeating: 0.0, count: size * size)
    for (index, column) in borderColumns.enumerated() {
      var entries = ownEntries(of: column)
      for block in blocks(of: column) {
        for pivot in 0..<pivots[block] {
          takePivot(block, pivot, pivotValue(block, pivot, of: column), from: &entries)
        }
      }
      for row in 0..<size { matrix[row * size + index] = entries[row] }
    }
    borderFactors = DenseFactors(matrix, size: size)
  }

  /// Finds what the basic variables come to when rows and links are to come to this.
  ///
  /// `rows` has those of all blocks; the answer is put down by variable.
  func solve(rows: [Double], links: [Double], into values: inout [Double]) {
    let shape = program.shape
    var right = borderRows.map { rows[$0.block * shape.rows + $0.row] } + links
    for block in 0..<shape.blocks {
      for pivot in 0..<pivots[block] {
        let value = pivotValue(block, pivot, of: rows)
        values[block * shape.stride + place(block, pivot)] = value
        takePivot(block, pivot, value, from: &right)
      }
    }
    let outer = borderFactors?.solve(right) ?? right
    for (column, value) in zip(borderColumns, outer) {
      for block in blocks(of: column) {
        for pivot in 0..<pivots[block] {
          values[block * shape.stride + place(block, pivot)] -=
            pivotValue(block, pivot, of: column) * value
        }
      }
      values[number(of: column)] = value
    }
  }

  /// Finds the prices of rows and links at which every basic variable gains just what it costs.
  func price(rows: inout [Double], links: inout [Double]) {
    let shape = program.shape
    let right = borderColumns.map { column in
      var gain = self.gain(of: column)
      for block in blocks(of: column) {
        for pivot in 0..<pivots[block] {
          gain -=
            program.gain(block, place(block, pivot)) * pivotValue(block, pivot, of: column)
        }
      }
      return gain
    }
    let outer = borderFactors?.solveTransposed(right) ?? right
    for link in 0..<shape.links { links[link] = outer[borderRows.count + link] }
    for index in rows.indices { rows[index] = 0 }
    for (index, row) in borderRows.enumerated() {
      rows[row.block * shape.rows + row.row] = outer[index]
    }
    for block in 0..<shape.blocks { pricePivots(of: block, rows: &rows, links: links) }
  }

  private func pricePivots(of block: Int, rows: inout [Double], links: [Double]) {
    let shape = program.shape
    let count = pivots[block]
    for pivot in 0..<count {
      let place = place(block, pivot)
      var rest = program.gain(block, place)
      for link in 0..<shape.links {
        rest -= links[link] * program.entry(block, place, link: link)
      }
      for index in count..<shape.rows {
        let row = row(block, index)
        rest -= rows[block * shape.rows + row] * program.entry(block, place, row: row)
      }
      for index in 0..<count {
        rows[block * shape.rows + row(block, index)] += rest * inverse(block, pivot, index)
      }
    }
  }
}

// MARK: - Columns of the border

extension BlockBasis {
  private func number(of column: BorderColumn) -> Int {
    switch column {
    case .own(let block, let place): block * program.shape.stride + place
    case .shared(let variable): variable
    }
  }

  private func gain(of column: BorderColumn) -> Double {
    switch column {
    case .own(let block, let place): program.gain(block, place)
    case .shared(let variable): program.sharedGain(variable)
    }
  }

  /// The blocks in whose rows a column has something.
  private func blocks(of column: BorderColumn) -> Range<Int> {
    switch column {
    case .own(let block, _): block..<block + 1
    case .shared(let variable):
      0..<(variable < program.shape.firstLinkSlack ? program.shape.blocks : 0)
    }
  }

  /// What a pivot of a block comes to when the rows of blocks are to come to this.
  private func pivotValue(_ block: Int, _ pivot: Int, of rows: [Double]) -> Double {
    var value = 0.0
    for index in 0..<pivots[block] {
      let right = rows[block * program.shape.rows + row(block, index)]
      if right != 0 { value += inverse(block, pivot, index) * right }
    }
    return value
  }

  /// What a pivot of a block comes to for a unit of a column.
  private func pivotValue(_ block: Int, _ pivot: Int, of column: BorderColumn) -> Double {
    if case .shared(let variable) = column {
      return spread(ofCommon: variable - program.shape.firstCommon, block, pivot)
    }
    var value = 0.0
    for index in 0..<pivots[block] {
      let row = row(block, index)
      value += inverse(block, pivot, index) * entry(of: column, block, row: row)
    }
    return value
  }

  private func entry(of column: BorderColumn, _ block: Int, row: Int) -> Double {
    switch column {
    case .own(block, let place): program.entry(block, place, row: row)
    case .own: 0
    case .shared(let variable): program.sharedEntry(variable, block, row: row)
    }
  }

  /// What a column has in the rows of the border.
  private func ownEntries(of column: BorderColumn) -> [Double] {
    let links = 0..<program.shape.links
    let rows = borderRows.map { entry(of: column, $0.block, row: $0.row) }
    switch column {
    case .own(let block, let place):
      return rows + links.map { program.entry(block, place, link: $0) }
    case .shared(let variable):
      return rows + links.map { program.sharedEntry(variable, link: $0) }
    }
  }

  /// Takes so much of a pivot out of the rows of the border.
  private func takePivot(
    _ block: Int, _ pivot: Int, _ value: Double, from entries: inout [Double]
  ) {
    guard value != 0 else { return }
    let place = place(block, pivot)
    for (index, row) in borderRows.enumerated() where row.block == block {
      entries[index] -= program.entry(block, place, row: row.row) * value
    }
    guard place < program.shape.columns else { return }
    for link in 0..<program.shape.links {
      entries[borderRows.count + link] -= program.entry(block, place, link: link) * value
    }
  }
}
